/** Credentials as the API shows them: which there are and what they are for, never a secret. Types: `contracts/credentials/`. */
import { z } from 'zod';
import { grantLevel } from '../access/roles.ts';
import { jsonObject } from '../json.ts';
import { moment } from './page.ts';

const name = z.string().trim().min(1).max(64);

export const credential = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  /** Fields that are no secret. */
  fields: jsonObject,
  /** Names of the secret fields that are filled. */
  secrets: z.array(z.string()),
  /** OAuth2 by authorization code: whether somebody has agreed yet. */
  connected: z.boolean().optional(),
  revision: z.int(),
  /** What the asker may do with it. */
  level: grantLevel,
  createdAt: moment,
  updatedAt: moment,
  lastUsedAt: moment.optional(),
  tested: z.object({ at: moment, passed: z.boolean() }).optional(),
});
export type Credential = z.output<typeof credential>;
export const credentialList = z.object({ items: z.array(credential) });

/** Fields and secrets as the type declares them, in one object. */
export const createCredential = z.object({ name, type: z.string(), values: jsonObject });
/** A secret that is left out stays as it is; null empties it. */
export const updateCredential = z.object({ name: name.optional(), values: jsonObject.optional() });
/** Tries values before they are saved. With `id`, secrets that are left out are those of that credential. */
export const testCredential = z.object({ type: z.string(), values: jsonObject, id: z.string().optional() });
/** `message` says why, without any secret. */
export const credentialTest = z.object({ passed: z.boolean(), message: z.string() });
export type CredentialTest = z.output<typeof credentialTest>;
/** `force` deletes it although published automations use it. */
export const deleteCredential = z.object({ force: z.stringbool().default(false) });
/** Where to send the browser to give consent. */
export const oauthStart = z.object({ url: z.string() });
