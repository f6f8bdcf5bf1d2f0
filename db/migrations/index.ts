/** Every migration there is, oldest first: a new one is one file and one line here. Never change one that was released. */
import { Migration001FirstSchema } from './migration-001-first-schema.ts';

export const migrations = [{ name: '001-first-schema', class: Migration001FirstSchema }];
