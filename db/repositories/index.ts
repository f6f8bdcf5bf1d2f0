/** All repositories, in two sets: of one workspace, and of the system. */
import type { EntityManager } from '@mikro-orm/core';
import type { Sql } from '../sql.ts';
import type { Seals } from '../vault/index.ts';
import { type AccountsRepository, createAccountsRepository } from './accounts.ts';
import { type AgentRunsRepository, createAgentRunsRepository } from './agents/agent-runs.ts';
import { type AgentVersionsRepository, createAgentVersionsRepository } from './agents/agent-versions.ts';
import { type AgentsRepository, createAgentsRepository } from './agents/agents.ts';
import { createOpenAgentRuns, type OpenAgentRuns } from './agents/open-agent-runs.ts';
import {
  type ApiKeyFinder,
  type ApiKeysRepository,
  createApiKeyFinder,
  createApiKeysRepository,
} from './api-keys.ts';
import { type ApprovalsRepository, createApprovalsRepository } from './approvals.ts';
import {
  type AuditEventsRepository,
  type AuditLog,
  createAuditEventsRepository,
  createAuditLog,
} from './audit-events.ts';
import { type AutomationsRepository, createAutomationsRepository } from './automations.ts';
import { type BulkJobsRepository, createBulkJobsRepository } from './bulk-jobs.ts';
import { type AnswersRepository, createAnswersRepository } from './chat/answers.ts';
import { type ChatRepositories, createChatRepositories } from './chat/index.ts';
import { createNotificationCleaner, type NotificationCleaner } from './chat/notifications.ts';
import { createOpenAnswers, type OpenAnswers } from './chat/open-answers.ts';
import { createShareLinkFinder, type ShareLinkFinder } from './chat/share-links.ts';
import { createViewerCleaner, type ViewerCleaner } from './chat/viewers.ts';
import { type CredentialsRepository, createCredentialsRepository } from './credentials.ts';
import { createDataTableRowsRepository, type DataTableRowsRepository } from './data-table-rows.ts';
import { createDataTablesRepository, type DataTablesRepository } from './data-tables.ts';
import { createEndedRunsRepository, type EndedRunsRepository } from './ended-runs.ts';
import {
  createEventWaiterCleaner,
  createEventWaitersRepository,
  type EventWaiterCleaner,
  type EventWaitersRepository,
} from './event-waiters.ts';
import {
  createEventOutbox,
  createEventsRepository,
  type EventOutbox,
  type EventsRepository,
} from './events.ts';
import { createFileSweep, createFilesRepository, type FileSweep, type FilesRepository } from './files.ts';
import { createFormPagesRepository, type FormPagesRepository } from './form-pages.ts';
import { createGrantsRepository, type GrantsRepository } from './grants.ts';
import { createGraphsRepository, type GraphsRepository } from './graphs.ts';
import { createGroupsRepository, type GroupsRepository } from './groups.ts';
import {
  createIdempotencyKeyCleaner,
  createIdempotencyKeysRepository,
  type IdempotencyKeyCleaner,
  type IdempotencyKeysRepository,
} from './idempotency-keys.ts';
import { createIdentitiesRepository, type IdentitiesRepository } from './identities.ts';
import {
  createInvitationFinder,
  createInvitationsRepository,
  type InvitationFinder,
  type InvitationsRepository,
} from './invitations.ts';
import { createKeyValuesRepository, type KeyValuesRepository } from './key-values.ts';
import { createKnowledgeRepositories, type KnowledgeRepositories } from './knowledge/index.ts';
import { createDeletedKnowledge, type DeletedKnowledge } from './knowledge/knowledge-bases.ts';
import { createKnowledgeFinder, type KnowledgeFinder } from './knowledge/search/find-chunks.ts';
import { createEmbeddingCacheCleaner, type EmbeddingCacheCleaner } from './knowledge/vectors.ts';
import { createLoginTokensRepository, type LoginTokensRepository } from './login-tokens.ts';
import { createMcpConnectionsRepository, type McpConnectionsRepository } from './mcp-connections.ts';
import { createMcpServersRepository, type McpServersRepository } from './mcp-servers.ts';
import { createMembersRepository, type MembersRepository } from './members.ts';
import { createModelRepositories, type ModelRepositories } from './models/index.ts';
import { createLostCallFinder, type LostCallFinder } from './models/lost-calls.ts';
import { createPasswordsRepository, type PasswordsRepository } from './passwords.ts';
import { createResumptionsRepository, type ResumptionsRepository } from './resumptions.ts';
import { createRetentionRepository, type RetentionRepository } from './retention.ts';
import { createRunRecordsRepository, type RunRecordsRepository } from './run-records.ts';
import { createRunsRepository, type RunsRepository } from './runs.ts';
import { createSecondFactorsRepository, type SecondFactorsRepository } from './second-factors.ts';
import { createSeenValuesRepository, type SeenValuesRepository } from './seen-values.ts';
import { createSessionsRepository, type SessionsRepository } from './sessions.ts';
import { createSettingsRepository, type SettingsRepository } from './settings.ts';
import { createStepResultCleaner, type StepResultCleaner } from './step-results.ts';
import { createStepsRepository, type StepsRepository } from './steps.ts';
import {
  createSubscriptionFinder,
  createSubscriptionsRepository,
  type SubscriptionFinder,
  type SubscriptionsRepository,
} from './subscriptions.ts';
import { createSystemEventsRepository, type SystemEventsRepository } from './system-events.ts';
import {
  createTestListenerFinder,
  createTestListenersRepository,
  type TestListenerFinder,
  type TestListenersRepository,
} from './test-listeners.ts';
import { createTriggerCursorsRepository, type TriggerCursorsRepository } from './trigger-cursors.ts';
import { createVariablesRepository, type VariablesRepository } from './variables.ts';
import { createVersionsRepository, type VersionsRepository } from './versions.ts';
import {
  createWebhookDeliveriesRepository,
  createWebhookDeliveryCleaner,
  type WebhookDeliveriesRepository,
  type WebhookDeliveryCleaner,
} from './webhook-deliveries.ts';
import {
  createWebhookFinder,
  createWebhooksRepository,
  type WebhookFinder,
  type WebhooksRepository,
} from './webhooks.ts';
import { createWorkspacesRepository, type WorkspacesRepository } from './workspaces.ts';

/** What a tenant may see: every method is bound to one workspace. */
export interface Repositories {
  automations: AutomationsRepository;
  versions: VersionsRepository;
  webhooks: WebhooksRepository;
  subscriptions: SubscriptionsRepository;
  runs: RunsRepository;
  steps: StepsRepository;
  approvals: ApprovalsRepository;
  eventWaiters: EventWaitersRepository;
  formPages: FormPagesRepository;
  resumptions: ResumptionsRepository;
  bulkJobs: BulkJobsRepository;
  apiKeys: ApiKeysRepository;
  grants: GrantsRepository;
  groups: GroupsRepository;
  invitations: InvitationsRepository;
  credentials: CredentialsRepository;
  variables: VariablesRepository;
  dataTables: DataTablesRepository;
  dataTableRows: DataTableRowsRepository;
  keyValues: KeyValuesRepository;
  seenValues: SeenValuesRepository;
  auditEvents: AuditEventsRepository;
  idempotencyKeys: IdempotencyKeysRepository;
  events: EventsRepository;
  systemEvents: SystemEventsRepository;
  testListeners: TestListenersRepository;
  triggerCursors: TriggerCursorsRepository;
  webhookDeliveries: WebhookDeliveriesRepository;
  models: ModelRepositories;
  agents: AgentsRepository;
  agentVersions: AgentVersionsRepository;
  agentRuns: AgentRunsRepository;
  files: FilesRepository;
  chat: ChatRepositories;
  knowledge: KnowledgeRepositories;
  mcpServers: McpServersRepository;
  mcpConnections: McpConnectionsRepository;
}

/** What belongs to no workspace, or finds out which one a caller is in. */
export interface SystemRepositories {
  accounts: AccountsRepository;
  workspaces: WorkspacesRepository;
  members: MembersRepository;
  invitations: InvitationFinder;
  identities: IdentitiesRepository;
  passwords: PasswordsRepository;
  secondFactors: SecondFactorsRepository;
  loginTokens: LoginTokensRepository;
  sessions: SessionsRepository;
  apiKeys: ApiKeyFinder;
  webhooks: WebhookFinder;
  subscriptions: SubscriptionFinder;
  testListeners: TestListenerFinder;
  graphs: GraphsRepository;
  runRecords: RunRecordsRepository;
  retention: RetentionRepository;
  endedRuns: EndedRunsRepository;
  settings: SettingsRepository;
  auditLog: AuditLog;
  idempotencyKeys: IdempotencyKeyCleaner;
  stepResults: StepResultCleaner;
  events: EventOutbox;
  eventWaiters: EventWaiterCleaner;
  webhookDeliveries: WebhookDeliveryCleaner;
  modelCalls: LostCallFinder;
  agentRuns: OpenAgentRuns;
  files: FileSweep;
  answers: AnswersRepository;
  openAnswers: OpenAnswers;
  shareLinks: ShareLinkFinder;
  notifications: NotificationCleaner;
  viewers: ViewerCleaner;
  deletedKnowledge: DeletedKnowledge;
  knowledgeFinder: KnowledgeFinder;
  embeddingCache: EmbeddingCacheCleaner;
}

export function createRepositories(sql: Sql, workspace: string, seals: Seals): Repositories {
  return {
    automations: createAutomationsRepository(sql, workspace),
    versions: createVersionsRepository(sql, workspace),
    webhooks: createWebhooksRepository(sql, workspace),
    subscriptions: createSubscriptionsRepository(sql, workspace),
    runs: createRunsRepository(sql, workspace),
    steps: createStepsRepository(sql, workspace),
    approvals: createApprovalsRepository(sql, workspace),
    eventWaiters: createEventWaitersRepository(sql, workspace),
    formPages: createFormPagesRepository(sql, workspace),
    resumptions: createResumptionsRepository(sql, workspace),
    bulkJobs: createBulkJobsRepository(sql, workspace),
    apiKeys: createApiKeysRepository(sql, workspace),
    grants: createGrantsRepository(sql, workspace),
    groups: createGroupsRepository(sql, workspace),
    invitations: createInvitationsRepository(sql, workspace),
    credentials: createCredentialsRepository(sql, workspace, seals),
    variables: createVariablesRepository(sql, workspace, seals),
    dataTables: createDataTablesRepository(sql, workspace),
    dataTableRows: createDataTableRowsRepository(sql, workspace),
    keyValues: createKeyValuesRepository(sql, workspace),
    seenValues: createSeenValuesRepository(sql, workspace),
    auditEvents: createAuditEventsRepository(sql, workspace),
    idempotencyKeys: createIdempotencyKeysRepository(sql, workspace),
    events: createEventsRepository(sql, workspace),
    systemEvents: createSystemEventsRepository(sql, workspace),
    testListeners: createTestListenersRepository(sql, workspace),
    triggerCursors: createTriggerCursorsRepository(sql, workspace),
    webhookDeliveries: createWebhookDeliveriesRepository(sql, workspace),
    models: createModelRepositories(sql, workspace),
    agents: createAgentsRepository(sql, workspace),
    agentVersions: createAgentVersionsRepository(sql, workspace),
    agentRuns: createAgentRunsRepository(sql, workspace),
    files: createFilesRepository(sql, workspace),
    chat: createChatRepositories(sql, workspace),
    knowledge: createKnowledgeRepositories(sql, workspace),
    mcpServers: createMcpServersRepository(sql, workspace),
    mcpConnections: createMcpConnectionsRepository(sql, workspace, seals),
  };
}

/** @param fork a fresh entity manager: settings are cold and use the unit of work */
export function createSystemRepositories(sql: Sql, fork: () => EntityManager): SystemRepositories {
  return {
    accounts: createAccountsRepository(sql),
    workspaces: createWorkspacesRepository(sql),
    members: createMembersRepository(sql),
    invitations: createInvitationFinder(sql),
    identities: createIdentitiesRepository(sql),
    passwords: createPasswordsRepository(sql),
    secondFactors: createSecondFactorsRepository(sql),
    loginTokens: createLoginTokensRepository(sql),
    sessions: createSessionsRepository(sql),
    apiKeys: createApiKeyFinder(sql),
    webhooks: createWebhookFinder(sql),
    subscriptions: createSubscriptionFinder(sql),
    testListeners: createTestListenerFinder(sql),
    graphs: createGraphsRepository(sql),
    runRecords: createRunRecordsRepository(sql),
    retention: createRetentionRepository(sql),
    endedRuns: createEndedRunsRepository(sql),
    settings: createSettingsRepository(fork),
    auditLog: createAuditLog(sql),
    idempotencyKeys: createIdempotencyKeyCleaner(sql),
    stepResults: createStepResultCleaner(sql),
    events: createEventOutbox(sql),
    eventWaiters: createEventWaiterCleaner(sql),
    webhookDeliveries: createWebhookDeliveryCleaner(sql),
    modelCalls: createLostCallFinder(sql),
    agentRuns: createOpenAgentRuns(sql),
    files: createFileSweep(sql),
    answers: createAnswersRepository(sql),
    openAnswers: createOpenAnswers(sql),
    shareLinks: createShareLinkFinder(sql),
    notifications: createNotificationCleaner(sql),
    viewers: createViewerCleaner(sql),
    deletedKnowledge: createDeletedKnowledge(sql),
    knowledgeFinder: createKnowledgeFinder(sql),
    embeddingCache: createEmbeddingCacheCleaner(sql),
  };
}
