/** The tokens of one OAuth2 credential, shaped as `freshToken` (outbound/oauth2) wants them kept. */
import { type OAuth2Values, oauth2Credential } from '../../contracts/credentials/oauth2.ts';
import type { Sql } from '../sql.ts';
import type { OAuthTokens, OpenedCredential, SaveCredentialResult } from './stored-credential.ts';

export interface CredentialTokens {
  /** Undefined: the credential was deleted. @throws VaultError */
  read(): Promise<{ values: OAuth2Values; tokens: OAuthTokens | undefined; revision: number } | undefined>;
  /** False: it has another revision now. */
  save(revision: number, tokens: OAuthTokens): Promise<boolean>;
  /** For whoever asks first: only one refreshes at a time. It ends by `release`, or by itself after `ms`. */
  claim(ms: number): Promise<boolean>;
  release(): Promise<void>;
}

/** What this needs of the credentials' repository. */
interface Kept {
  open(id: string): Promise<OpenedCredential | undefined>;
  save(credential: OpenedCredential): Promise<SaveCredentialResult>;
}

export function createCredentialTokens(
  sql: Sql,
  workspace: string,
  credentials: Kept,
  id: string,
): CredentialTokens {
  return {
    async read() {
      const opened = await credentials.open(id);
      if (!opened) return undefined;
      const values = oauth2Credential.values.parse({ ...opened.fields, ...opened.secrets });
      return { values, tokens: opened.tokens, revision: opened.revision };
    },

    async save(revision, tokens) {
      const opened = await credentials.open(id);
      if (opened?.revision !== revision) return false;
      return (await credentials.save({ ...opened, tokens })).kind === 'saved';
    },

    async claim(ms) {
      const claimed = await sql.query(
        `update credentials set fields = jsonb_set(fields, '{refreshing}', to_jsonb(extract(epoch from now()) * 1000 + $3::float8))
         where workspace = $1 and id = $2
           and coalesce((fields->>'refreshing')::float8, 0) < extract(epoch from now()) * 1000 returning id`,
        [workspace, id, ms],
      );
      return claimed.length > 0;
    },

    async release() {
      await sql.query(
        `update credentials set fields = fields - 'refreshing' where workspace = $1 and id = $2`,
        [workspace, id],
      );
    },
  };
}
