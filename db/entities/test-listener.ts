import { defineEntity, p } from '@mikro-orm/core';
import type { TestedKind } from '../../contracts/api/test-listeners.ts';
import { Automation } from './automation.ts';
import { Workspace } from './workspace.ts';

/** A trigger of a draft that listens for one test call, because somebody in the editor asked: the last time that they did. */
export const TestListener = defineEntity({
  name: 'TestListener',
  tableName: 'test_listeners',
  primaryKeys: ['automation', 'node'],
  indexes: [{ name: 'test_listeners_by_path', properties: ['path'] }],
  properties: {
    automation: () =>
      p.manyToOne(Automation).mapToPk().primary().fieldName('automation').deleteRule('cascade'),
    node: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    kind: p.text().$type<TestedKind>(),
    /** Upper case; of a form, which is shown and sent, empty. */
    method: p.text(),
    path: p.text(),
    /** The run that the call starts. */
    run: p.text(),
    since: p.datetime(3),
    until: p.datetime(3),
    /** Set: the call has come, and no other is taken. */
    calledAt: p.datetime(3).nullable(),
  },
});
