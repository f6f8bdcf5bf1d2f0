/**
 * API keys. A personal one acts for its person, with the role they have at the time: everybody has their own, under `/account/keys`.
 * A service account acts by a role of its own: who manages the workspace's keys makes it, under `/keys`, and sees every key there.
 */
import { z } from 'zod';
import { scopes } from '../access/actions.ts';
import { assignableRole, role } from '../access/roles.ts';
import { moment } from './page.ts';

export const scope = z.enum(scopes);

export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** The first characters, to recognise it by. */
  prefix: z.string(),
  kind: z.enum(['personal', 'service']),
  /** Whom a personal key acts for. */
  user: z.object({ id: z.string(), name: z.string() }).optional(),
  /** Who made a service account, a person or another key. Without a name: they are no longer here. */
  createdBy: z.object({ id: z.string(), name: z.string().optional() }).optional(),
  role,
  /** Absent: all that the role may. */
  scopes: z.array(scope).optional(),
  /** Requests a minute; absent: the instance's default. */
  rateLimit: z.int().optional(),
  createdAt: moment,
  expiresAt: moment.optional(),
  lastUsedAt: moment.optional(),
});
export type ApiKey = z.output<typeof apiKey>;
export const apiKeyList = z.object({ items: z.array(apiKey) });

const common = {
  name: z.string().trim().min(1).max(64),
  scopes: z.array(scope).min(1).optional(),
  rateLimit: z.int().min(1).max(100_000).optional(),
  /** Days; left out: it does not expire. */
  expiresInDays: z.int().min(1).max(3_650).optional(),
};
export const createPersonalKey = z.object(common);
export const createServiceKey = z.object({ role: assignableRole, ...common });
/** The key itself: shown this once, stored nowhere. */
export const createdApiKey = apiKey.extend({ key: z.string() });
export type CreatedApiKey = z.output<typeof createdApiKey>;
