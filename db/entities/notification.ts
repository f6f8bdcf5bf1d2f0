import { defineEntity, p } from '@mikro-orm/core';
import type { NotificationAbout } from '../../contracts/api/notifications.ts';
import { Workspace } from './workspace.ts';

/** What a person is told in the app. Kept for 90 days. One that is not read yet makes room for the next of its thread. */
export const Notification = defineEntity({
  name: 'Notification',
  tableName: 'notifications',
  uniques: [{ name: 'notifications_once', properties: ['workspace', 'person', 'key'] }],
  indexes: [
    { name: 'notifications_by_person', properties: ['workspace', 'person', 'createdAt', 'id'] },
    { name: 'notifications_by_age', properties: ['createdAt'] },
    {
      name: 'notifications_by_thread',
      properties: ['workspace', 'thread'],
      expression:
        'create index "notifications_by_thread" on "notifications" ("workspace", "thread") where thread is not null',
    },
  ],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    /** Id of the user. */
    person: p.text(),
    /** What happened: nobody is told of it twice. */
    key: p.text(),
    about: p.json().$type<NotificationAbout>(),
    /** What it is about, among others: `<kind>:<id>`. */
    thread: p.text().nullable(),
    /** How many it stands for. */
    times: p.integer().default(1),
    /** Of a thread whose news come in order: up to where it tells them. */
    mark: p.text().nullable(),
    createdAt: p.datetime(3),
    readAt: p.datetime(3).nullable(),
  },
});
