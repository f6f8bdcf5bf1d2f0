import { defineEntity, p } from '@mikro-orm/core';
import type { NotificationAbout } from '../../contracts/api/notifications.ts';
import { Workspace } from './workspace.ts';

/** What a person is told in the app. Kept for 90 days. */
export const Notification = defineEntity({
  name: 'Notification',
  tableName: 'notifications',
  uniques: [{ name: 'notifications_once', properties: ['workspace', 'person', 'key'] }],
  indexes: [
    { name: 'notifications_by_person', properties: ['workspace', 'person', 'createdAt', 'id'] },
    { name: 'notifications_by_age', properties: ['createdAt'] },
  ],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    /** Id of the user. */
    person: p.text(),
    /** What happened: nobody is told of it twice. */
    key: p.text(),
    about: p.json().$type<NotificationAbout>(),
    createdAt: p.datetime(3),
    readAt: p.datetime(3).nullable(),
  },
});
