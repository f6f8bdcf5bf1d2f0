import { defineEntity, p } from '@mikro-orm/core';
import type { FilePurpose, FileState, FileVisibility } from '../../contracts/files.ts';
import { Workspace } from './workspace.ts';

/** Why a file was refused: a code of `contracts/problems.ts`, and what its text names. */
export interface FileRefusal {
  code: string;
  values: Record<string, string | number>;
}

/** An uploaded file. Rows with the same bytes share one object of the store. */
export const File = defineEntity({
  name: 'File',
  tableName: 'files',
  indexes: [
    { name: 'files_by_creation', properties: ['workspace', 'createdAt', 'id'] },
    { name: 'files_by_hash', properties: ['workspace', 'sha256'] },
    { name: 'files_by_object', properties: ['object'] },
    {
      name: 'files_to_sweep',
      properties: ['sweepAt'],
      expression: `create index "files_to_sweep" on "files" ("sweep_at") where sweep_at is not null`,
    },
  ],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    name: p.text(),
    /** As it was declared; once ready, as it was found. */
    type: p.text(),
    bytes: p.bigint('number'),
    purpose: p.text().$type<FilePurpose>(),
    visibility: p.text().$type<FileVisibility>(),
    state: p.text().$type<FileState>(),
    sha256: p.text().nullable(),
    /** Key in the store. */
    object: p.text().nullable(),
    /** Key of its thumbnail. */
    thumbnail: p.text().nullable(),
    width: p.integer().nullable(),
    height: p.integer().nullable(),
    /** The store's name of an upload in parts. */
    upload: p.text().nullable(),
    refusal: p.json().$type<FileRefusal>().nullable(),
    /** Id of a person, or of a service account's key. */
    createdBy: p.text(),
    createdAt: p.datetime(3),
    readyAt: p.datetime(3).nullable(),
    /** Somebody checks it until then; later, somebody else may. */
    checkedUntil: p.datetime(3).nullable(),
    /** When the sweep looks for what is left over of it. Null: there is nothing to find. */
    sweepAt: p.datetime(3).nullable(),
  },
});
