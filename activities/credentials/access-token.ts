/** The access token of an OAuth2 credential, fetched or refreshed when it has to be, by one process at a time. */
import { type EffectContext, StepFailure } from '../../contracts/effect.ts';
import type { Database, OpenedCredential } from '../../db/index.ts';
import { type Guard, OutboundError } from '../../outbound/guard/index.ts';
import { freshToken, OAuthError } from '../../outbound/oauth2/index.ts';

interface Asking {
  context: Pick<EffectContext, 'workspace'>;
  /** Gets the tokens. */
  secrets: Set<string>;
  signal: AbortSignal;
  /** An access token that the service refused. */
  rejected?: string | undefined;
  db: Database;
  guard: Pick<Guard, 'fetch'>;
}

/** @throws StepFailure `credential-not-connected`, `credential-refused` */
export async function accessTokenOf({ id, name }: OpenedCredential, asking: Asking): Promise<string> {
  const { db, guard, context, secrets, signal, rejected } = asking;
  try {
    const keeper = await db.inWorkspace(context.workspace, async ({ credentials }) => credentials.tokens(id));
    const { accessToken, refreshToken } = await freshToken(keeper, guard, { rejected, signal });
    for (const token of [accessToken, refreshToken]) if (token !== undefined) secrets.add(token);
    return accessToken;
  } catch (error) {
    if (error instanceof OutboundError)
      throw new StepFailure({ code: error.code, message: error.says.en, hint: error.hint.en });
    if (!(error instanceof OAuthError)) throw error;
    throw new StepFailure(
      {
        code: error.code === 'not-connected' ? 'credential-not-connected' : 'credential-refused',
        message: `The credential "${name}" gives no access. ${error.says.en}`,
        hint: 'Open it under Credentials: connect it again, or test it.',
      },
      { retryable: error.code === 'no-answer' },
    );
  }
}
