/**
 * The raw mail in a request, however its sender wraps it:
 *
 * - as the body itself: `message/rfc822`, `text/plain`, `application/octet-stream`;
 * - Postmark: JSON with `RawEmail`;
 * - Mailgun (`body-mime`) and SendGrid (`email`): a form, with the mail in a field or a file.
 */
import type { IncomingMessage } from 'node:http';
import { Busboy } from '@fastify/busboy';
import { readBody } from '../../body.ts';
import { ApiProblem } from '../../problems.ts';

const formFields = new Set(['body-mime', 'email']);
const mostParts = 200;

/**
 * @param limit bytes of the request
 * @throws ApiProblem `too-large`, `unsupported-body`, `mail-unreadable`
 */
export async function readRawMail(request: IncomingMessage, limit: number): Promise<Buffer> {
  const body = await readBody(request, limit);
  const type = request.headers['content-type'] ?? 'message/rfc822';
  if (/^\s*application\/json/i.test(type)) return fromJson(body);
  if (/^\s*(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type))
    return await fromForm(body, type, limit);
  if (/^\s*(message\/rfc822|text\/plain|application\/octet-stream)/i.test(type)) return body;
  throw new ApiProblem('unsupported-body', { type });
}

function fromJson(body: Buffer): Buffer {
  let read: unknown;
  try {
    read = JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new ApiProblem('invalid-json', { reason: error instanceof Error ? error.message : String(error) });
  }
  const raw = typeof read === 'object' && read !== null && 'RawEmail' in read ? read.RawEmail : undefined;
  if (typeof raw !== 'string') throw new ApiProblem('mail-unreadable');
  return Buffer.from(raw, 'utf8');
}

function fromForm(body: Buffer, type: string, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const unreadable = () => reject(new ApiProblem('mail-unreadable'));
    let form: InstanceType<typeof Busboy>;
    try {
      form = new Busboy({
        headers: { 'content-type': type },
        // One character a byte: the mail says itself in which charset each of its parts is.
        defCharset: 'latin1',
        limits: { parts: mostParts, fields: mostParts, files: mostParts, fieldSize: limit },
      });
    } catch {
      return unreadable();
    }
    form.on('field', (name, value) => {
      if (formFields.has(name)) resolve(Buffer.from(value, 'latin1'));
    });
    form.on('file', (name, stream) => {
      if (!formFields.has(name)) return void stream.resume();
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => resolve(Buffer.concat(chunks)));
    });
    // After one of the above was found, these change nothing.
    form.on('error', unreadable);
    form.on('finish', unreadable);
    form.end(body);
  });
}
