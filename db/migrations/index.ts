/** Every migration there is, oldest first: a new one is one file and one line here. Never change one that was released. */
import { Migration001FirstSchema } from './migration-001-first-schema.ts';
import { Migration002IdentityAndAccess } from './migration-002-identity-and-access.ts';
import { Migration003RowLevelSecurity } from './migration-003-row-level-security.ts';
import { Migration004RateLimits } from './migration-004-rate-limits.ts';
import { Migration005Subscriptions } from './migration-005-subscriptions.ts';
import { Migration007TablesAndKeys } from './migration-007-tables-and-keys.ts';
import { Migration008Waiting } from './migration-008-waiting.ts';
import { Migration009Flow } from './migration-009-flow.ts';
import { Migration010Events } from './migration-010-events.ts';
import { Migration011RerunsAndRetention } from './migration-011-reruns-and-retention.ts';
import { Migration012AwaitedEvents } from './migration-012-awaited-events.ts';
import { Migration013RowsOfRuns } from './migration-013-rows-of-runs.ts';
import { Migration014Models } from './migration-014-models.ts';
import { Migration015Gates } from './migration-015-gates.ts';
import { Migration016Agents } from './migration-016-agents.ts';
import { Migration018Chat } from './migration-018-chat.ts';
import { Migration020Files } from './migration-020-files.ts';
import { Migration021TestListeners } from './migration-021-test-listeners.ts';
import { Migration022ApprovalItems } from './migration-022-approval-items.ts';
import { Migration023News } from './migration-023-news.ts';
import { Migration025AgentsAtWork } from './migration-025-agents-at-work.ts';
import { Migration026RunsOfConversations } from './migration-026-runs-of-conversations.ts';

export const migrations = [
  { name: '001-first-schema', class: Migration001FirstSchema },
  { name: '002-identity-and-access', class: Migration002IdentityAndAccess },
  { name: '003-row-level-security', class: Migration003RowLevelSecurity },
  { name: '004-rate-limits', class: Migration004RateLimits },
  { name: '005-subscriptions', class: Migration005Subscriptions },
  { name: '007-tables-and-keys', class: Migration007TablesAndKeys },
  { name: '008-waiting', class: Migration008Waiting },
  { name: '009-flow', class: Migration009Flow },
  { name: '010-events', class: Migration010Events },
  { name: '011-reruns-and-retention', class: Migration011RerunsAndRetention },
  { name: '012-awaited-events', class: Migration012AwaitedEvents },
  { name: '013-rows-of-runs', class: Migration013RowsOfRuns },
  { name: '014-models', class: Migration014Models },
  { name: '015-gates', class: Migration015Gates },
  { name: '016-agents', class: Migration016Agents },
  { name: '018-chat', class: Migration018Chat },
  { name: '020-files', class: Migration020Files },
  { name: '021-test-listeners', class: Migration021TestListeners },
  { name: '022-approval-items', class: Migration022ApprovalItems },
  { name: '023-news', class: Migration023News },
  { name: '025-agents-at-work', class: Migration025AgentsAtWork },
  { name: '026-runs-of-conversations', class: Migration026RunsOfConversations },
];
