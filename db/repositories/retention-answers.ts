/**
 * For every table that holds data of workspaces, what takes its rows away. A table that is not here fails a test
 * (`retention-answers.test.ts`): whoever adds one decides it then. All of them go when a deleted workspace is purged.
 *
 * - `runs`: with the runs they belong to (`rows-of-runs.ts`), so by the days of automation, workspace or instance, and not while held;
 * - `age`: after days of their own (`by` says who does it);
 * - `parent`: with a row of another table;
 * - `people`: when a person deletes them: it is what the workspace is made of;
 * - `never`: kept, and why.
 */
export type RetentionAnswer =
  | { with: 'runs' }
  | { with: 'age'; by: string }
  | { with: 'parent'; table: string }
  | { with: 'people' }
  | { with: 'never'; why: string };

const runs: RetentionAnswer = { with: 'runs' };
const people: RetentionAnswer = { with: 'people' };
const parent = (table: string): RetentionAnswer => ({ with: 'parent', table });
const age = (by: string): RetentionAnswer => ({ with: 'age', by });

export const retentionAnswers: Readonly<Record<string, RetentionAnswer>> = {
  agent_runs: age(
    'retention: the days of runs, from their end; sooner with the conversation they answered in',
  ),
  agent_steps: parent('agent_runs'),
  agent_versions: parent('agents'),
  agents: people,
  api_keys: people,
  approval_decisions: parent('approvals'),
  approvals: runs,
  audit_events: { with: 'never', why: 'Nobody can change or delete it: that is what it is for.' },
  automations: people,
  bulk_jobs: age('retention: the days of runs, from their end'),
  chat_viewers: parent('conversations'),
  conversation_reads: parent('conversations'),
  /** Trials of agents by themselves (`retention.ts`), a week after something was last said. */
  conversations: people,
  credentials: people,
  data_keys: parent('workspaces'),
  data_table_rows: people,
  data_tables: people,
  embedding_cache: age('forgetting of keys: 180 days after they were made'),
  event_hearings: runs,
  event_waiters: runs,
  events: age('the sweep of events: 30 days'),
  files: people,
  form_pages: runs,
  grants: people,
  group_members: people,
  groups: people,
  idempotency_keys: age('24 hours'),
  invitations: people,
  key_values: people,
  knowledge_bases: people,
  knowledge_chunks: parent('knowledge_documents'),
  knowledge_documents: people,
  knowledge_indexes: parent('knowledge_bases'),
  knowledge_vectors: parent('knowledge_chunks'),
  mcp_connections: people,
  mcp_servers: people,
  memberships: people,
  message_changes: parent('messages'),
  message_feedback: parent('messages'),
  messages: parent('conversations'),
  model_accounts: people,
  model_budgets: people,
  model_calls: { with: 'never', why: 'What was spent, and for what: the ledger of costs. No content.' },
  model_chains: people,
  model_health: parent('model_providers'),
  model_limits: people,
  model_meters: parent('workspaces'),
  model_prices: people,
  model_providers: people,
  notifications: age('retention: 90 days'),
  resumptions: runs,
  run_watchers: runs,
  runs,
  seen_values: age('the node itself: the newest 10,000 of each scope'),
  share_links: parent('conversations'),
  step_results: runs,
  steps: runs,
  subscriptions: parent('versions'),
  test_listeners: parent('automations'),
  trigger_cursors: parent('automations'),
  variables: people,
  versions: parent('automations'),
  webhook_deliveries: runs,
  webhooks: parent('automations'),
};
