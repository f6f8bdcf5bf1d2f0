/** Notifications in the app: what happened while a person looked elsewhere. */
import { z } from 'zod';
import { moment, pageOf, pageQuery } from './page.ts';

const named = z.object({ id: z.string(), name: z.string() });

export const notificationAbout = z.discriminatedUnion('kind', [
  /** Somebody is to decide; `conversation` when a tool of an agent asks in one. */
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
    /** The beginning of it, or what went wrong. */
    excerpt: z.string(),
  }),
  /** A run that they started has failed. */
  z.object({ kind: z.literal('run-failed'), run: z.string(), automation: named, message: z.string() }),
]);
export type NotificationAbout = z.output<typeof notificationAbout>;

export const notification = z.object({
  id: z.string(),
  about: notificationAbout,
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
