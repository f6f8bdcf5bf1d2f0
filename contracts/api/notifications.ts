/** Notifications in the app: what happened while a person looked elsewhere. */
import { z } from 'zod';
import { moment, pageOf, pageQuery } from './page.ts';

const named = z.object({ id: z.string(), name: z.string() });

export const notificationAbout = z.discriminatedUnion('kind', [
  /** Somebody is to decide; `conversation` when a tool of an agent asks in one that is theirs. */
  z.object({
    kind: z.literal('approval'),
    approval: z.string(),
    title: z.string(),
    conversation: z.string().optional(),
  }),
  /** An answer has ended, well or not, while nobody of theirs looked at the conversation. */
  z.object({
    kind: z.literal('answer'),
    conversation: z.string(),
    message: z.string(),
    title: z.string(),
    state: z.enum(['succeeded', 'failed']),
    /** The beginning of it, or what went wrong, with the failure's code. */
    excerpt: z.string(),
    code: z.string().optional(),
  }),
  /** A run that they started has failed, or one of an automation that they published. */
  z.object({ kind: z.literal('run-failed'), run: z.string(), automation: named, message: z.string() }),
  /** Somebody gave them a right to something. */
  z.object({
    kind: z.literal('shared'),
    resource: named.extend({ type: z.enum(['automation', 'agent', 'credential']) }),
    level: z.enum(['use', 'edit', 'manage']),
    /** Name of who did. */
    by: z.string(),
  }),
]);
export type NotificationAbout = z.output<typeof notificationAbout>;

export const notification = z.object({
  id: z.string(),
  about: notificationAbout,
  /** How many it stands for: until it is read, the next about the same takes its place. */
  times: z.int().min(1),
  createdAt: moment,
  readAt: moment.optional(),
});
export type Notification = z.output<typeof notification>;
export const notificationPage = pageOf(notification);

export const listNotifications = pageQuery.extend({
  unread: z.stringbool().default(false).describe('Only those that are not read'),
});
export const notificationCount = z.object({ unread: z.int() });
export const readNotifications = z.object({
  /** Left out: all. */
  ids: z.array(z.string().max(64)).max(200).optional(),
});
