/** Who is here. One owner and one workspace until sign-in, members and roles arrive. */
import { z } from 'zod';

export const account = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.string() }).optional(),
  workspace: z.object({ id: z.string(), name: z.string() }),
});
export type Account = z.output<typeof account>;

export const signIn = z.object({ email: z.email(), password: z.string().min(1).max(200) });

/** What a visitor may know before signing in. */
export const instance = z.object({
  setupNeeded: z.boolean(),
  version: z.string(),
  temporalUiUrl: z.string().optional(),
});
export type Instance = z.output<typeof instance>;

export const setup = z.object({
  token: z.string().min(1),
  email: z.email(),
  password: z.string().min(10, 'A password needs 10 characters or more.').max(200),
  workspace: z.string().trim().min(1).max(64).default('My workspace'),
});
