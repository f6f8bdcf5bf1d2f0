/** Where n8n is, if it is here at all: it is nobody's dependency. */
import { join, resolve } from 'node:path';
import { findExecutable, isExecutable } from '../../scripts/stack/find-executable.ts';

/** Where npm puts it in a folder: `npm install n8n --prefix <folder>`, the same with `--global`, and the folder of programs itself. */
const places = ['', 'n8n', 'bin/n8n', 'node_modules/.bin/n8n'];

/** @param given its program or the folder it was installed into; else it is looked for on PATH */
export function findN8n(given?: string): string | undefined {
  if (given === undefined) return findExecutable(['n8n']);
  return places.map((place) => resolve(join(given, place))).find(isExecutable);
}
