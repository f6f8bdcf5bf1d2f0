/** What the asker was told while they looked elsewhere. */
import {
  listNotifications,
  notificationCount,
  notificationPage,
  readNotifications,
} from '../../contracts/api/notifications.ts';
import { personOf } from '../chat/person-of.ts';
import { defineRoute } from '../route.ts';

const tag = 'notifications';

export const list = defineRoute({
  method: 'get',
  path: '/notifications',
  summary: 'List one’s notifications, newest first',
  tag,
  auth: 'notification.view',
  query: listNotifications,
  responses: { 200: notificationPage },
  handler: async ({ principal, query }, { db }) => ({
    status: 200,
    body: await db.inWorkspace(principal.workspace, ({ chat }) =>
      chat.notifications.list(personOf(principal), query),
    ),
  }),
});

export const count = defineRoute({
  method: 'get',
  path: '/notifications/count',
  summary: 'How many are not read',
  tag,
  auth: 'notification.view',
  responses: { 200: notificationCount },
  handler: async ({ principal }, { db }) => ({
    status: 200,
    body: {
      unread: await db.inWorkspace(principal.workspace, ({ chat }) =>
        chat.notifications.countUnread(personOf(principal)),
      ),
    },
  }),
});

export const read = defineRoute({
  method: 'post',
  path: '/notifications/read',
  summary: 'Mark notifications as read',
  tag,
  auth: 'notification.mark',
  audit: false,
  body: readNotifications,
  responses: { 204: null },
  handler: async ({ principal, body: { ids } }, { db, bus }) => {
    const { workspace } = principal;
    const person = personOf(principal);
    await db.inWorkspace(workspace, ({ chat }) => chat.notifications.markRead(person, ids));
    bus.publish({ kind: 'notification.changed', workspace, person });
    return { status: 204 };
  },
});
