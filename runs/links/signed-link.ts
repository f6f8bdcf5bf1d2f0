/**
 * Links that whoever has them may use: to resume a run, to fill in a page, to decide. What a link is for is in it, signed for one
 * purpose by a key that is made once for this instance, so nothing has to be stored and a link works for as long as its run waits.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { StepAddress } from '../../contracts/step-address.ts';
import type { Database } from '../../db/index.ts';

/**
 * `resume`: calls of a Wait. `form`: pages of a form. `approve`: an approver without an account. `send`: one sending of a form with
 * files, whose run begins with it.
 */
export type LinkPurpose = 'resume' | 'form' | 'approve' | 'send';
/** `attachment`: a picture of a shared conversation (`attachment-link.ts`). `picture`: one of another host (`picture-link.ts`). */
type SignedPurpose = LinkPurpose | 'attachment' | 'picture';

export interface LinkTo extends StepAddress {
  /** Of an approver: their e-mail address. */
  who?: string | undefined;
  /** Epoch seconds at which it ends; left out: never. */
  until?: number | undefined;
}

const setting = 'links.secret';
const keys = new WeakMap<Database, Promise<string>>();

/** Bytes of a signature: more can't be guessed, fewer make links shorter. */
const signatureBytes = 18;

const parts = z
  .tuple([z.string(), z.string(), z.string(), z.string(), z.int().nonnegative()])
  .rest(z.string());

export async function signLink(db: Database, purpose: LinkPurpose, to: LinkTo): Promise<string> {
  const { workspace, automation, run, node, index, who, until } = to;
  // As short as it can be, and links from before read as they did.
  const more = until === undefined ? (who === undefined ? [] : [who]) : [who ?? '', String(until)];
  return signParts(db, purpose, [workspace, automation, run, node, index, ...more]);
}

export async function signParts(
  db: Database,
  purpose: SignedPurpose,
  said: readonly (string | number)[],
): Promise<string> {
  const payload = Buffer.from(JSON.stringify(said)).toString('base64url');
  return `${payload}.${signatureOf(await keyOf(db), purpose, payload)}`;
}

/** @returns what was signed; undefined when we did not sign it for this purpose */
export async function readParts(db: Database, purpose: SignedPurpose, token: string): Promise<unknown> {
  const [payload = '', signature = '', ...rest] = token.split('.');
  // As they are written: base64 that is decoded passes over what stands behind its last whole byte.
  const expected = Buffer.from(signatureOf(await keyOf(db), purpose, payload));
  const given = Buffer.from(signature);
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected))
    return undefined;
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
}

/** @returns undefined when we did not sign it for this purpose, or its time is over */
export async function readLink(
  db: Database,
  purpose: LinkPurpose,
  token: string,
): Promise<LinkTo | undefined> {
  const said = await readParts(db, purpose, token);
  if (said === undefined) return undefined;
  const [workspace, automation, run, node, index, who, until] = parts.parse(said);
  if (until !== undefined && Number(until) * 1_000 <= Date.now()) return undefined;
  return { workspace, automation, run, node, index, ...(who && { who }) };
}

function signatureOf(key: string, purpose: SignedPurpose, payload: string): string {
  const signature = createHmac('sha256', key).update(`${purpose}\0${payload}`).digest();
  return signature.subarray(0, signatureBytes).toString('base64url');
}

function keyOf(db: Database): Promise<string> {
  const known = keys.get(db);
  if (known) return known;
  const made = randomBytes(32).toString('base64url');
  const key = db.asSystem(({ settings }) => settings.ensure(setting, made)).then(String);
  keys.set(db, key);
  key.catch(() => keys.delete(db));
  return key;
}
