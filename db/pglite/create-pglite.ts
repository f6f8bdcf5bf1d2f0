/** Makes an empty PGlite database in the folder given as the argument and ends. Run by open-pglite.ts as a process of its own. */
import { rename, rm } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';

const folder = process.argv[2];
if (!folder) throw new Error('Usage: create-pglite.ts FOLDER');

// Made beside and moved into place: a folder that exists is whole.
const draft = `${folder}.new`;
await rm(draft, { recursive: true, force: true });
const pglite = await PGlite.create({ dataDir: draft });
await pglite.close();
await rm(folder, { recursive: true, force: true });
await rename(draft, folder);
