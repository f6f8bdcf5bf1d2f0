/** `npm run docs:roles`: writes docs/roles.md from the policy. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeRoles } from '../contracts/access/describe-roles.ts';

writeFileSync(join(import.meta.dirname, '..', 'docs', 'roles.md'), describeRoles());
