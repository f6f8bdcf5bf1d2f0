import { defineEntity, p } from '@mikro-orm/core';
import type { FormPage as Page } from '../../contracts/announcement.ts';
import { Workspace } from './workspace.ts';

/** A page that a run waits to be filled in. */
export const FormPage = defineEntity({
  name: 'FormPage',
  tableName: 'form_pages',
  primaryKeys: ['run', 'node', 'index'],
  properties: {
    run: p.text().primary(),
    node: p.text().primary(),
    index: p.integer().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    page: p.json().$type<Page>(),
    openedAt: p.datetime(3),
    closedAt: p.datetime(3).nullable(),
  },
});
