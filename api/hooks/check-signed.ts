import type { IncomingHttpHeaders } from 'node:http';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';
import { checkSignature } from './check-signature.ts';
import type { HookOptions } from './hook-options.ts';

/** Opens the secret for as long as the check takes. @throws ApiProblem `webhook-signature` */
export async function checkSigned(
  { db }: Pick<ApiDeps, 'db'>,
  workspace: string,
  { scheme, header, variable }: NonNullable<HookOptions['signature']>,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<void> {
  const revealed = await db.inWorkspace(workspace, ({ variables }) => variables.reveal([variable]));
  const secret = revealed.get(variable);
  // Never a check with an empty key: anybody could sign with that.
  if (!secret)
    throw new ApiProblem('webhook-signature', {
      reason: { en: 'its key is not set.', pt: 'a chave dela não está definida.' },
    });
  checkSignature(headers, body, { scheme, header, secret });
}
