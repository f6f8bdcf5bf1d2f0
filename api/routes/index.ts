/** Every route there is. A new resource is one file beside this one and one line below; `openapi.json` follows. */
import type { Route } from '../route.ts';
import * as account from './account.ts';
import * as audit from './audit.ts';
import * as automations from './automations.ts';
import * as catalogue from './catalogue.ts';
import * as health from './health.ts';
import * as keys from './keys.ts';
import * as publishing from './publishing.ts';
import * as runs from './runs.ts';
import * as versions from './versions.ts';

export const routes: readonly Route[] = [
  ...[health.live, health.ready],
  ...[account.getInstance, account.create, account.open, account.close, account.get],
  ...[automations.list, automations.create, automations.validate],
  ...[automations.get, automations.update, automations.remove],
  ...[publishing.publish, publishing.unpublish],
  ...[versions.list, versions.get, versions.restore],
  ...[runs.start, runs.list, runs.get, runs.steps, runs.cancel],
  ...[keys.list, keys.create, keys.remove, keys.listOwn, keys.createOwn, keys.removeOwn],
  ...[audit.list, audit.exportCsv],
  catalogue.list,
];
