/** The public face of db/: other rooms import from here. */
export { createLocalBus } from './bus/local-bus.ts';
export { createPostgresBus, type PostgresBusOptions } from './bus/postgres-bus.ts';
export { type Database, type OpenDatabaseOptions, openDatabase } from './database.ts';
export type { Log } from './log.ts';
export { createRunWriter, type RunWriter, type RunWriterOptions } from './records/run-writer.ts';
export type {
  AccountsRepository,
  CreateOwnerResult,
  NewUser,
  UserRecord,
  WorkspaceRecord,
} from './repositories/accounts.ts';
export type {
  AgentRunProgress,
  AgentRunsRepository,
  AgentStepWrite,
  NewAgentRun,
  StoredAgentRun,
} from './repositories/agents/agent-runs.ts';
export type {
  AgentsRepository,
  OfferedAgent,
  PublishedAgent,
  StoredAgent,
} from './repositories/agents/agents.ts';
export type { OpenAgentRun } from './repositories/agents/open-agent-runs.ts';
export type { ApiKeyFinder, ApiKeyRecord, ApiKeysRepository, NewApiKey } from './repositories/api-keys.ts';
export {
  type ApprovalFilter,
  type ApprovalsRepository,
  approvalIdOf,
  type StoredApproval,
} from './repositories/approvals.ts';
export type {
  AuditEventsRepository,
  AuditFilter,
  AuditLog,
  NewAuditEvent,
} from './repositories/audit-events.ts';
export type {
  AutomationChange,
  AutomationsRepository,
  StoredAutomation,
  UpdateResult,
} from './repositories/automations.ts';
export type { AnswerEntry, AnswersRepository, StoredBatch } from './repositories/chat/answers.ts';
export type {
  ConversationChange,
  ConversationsRepository,
  NewConversation,
  StoredConversation,
} from './repositories/chat/conversations.ts';
export type { EndedAnswer } from './repositories/chat/end-answer.ts';
export type { ChatRepositories } from './repositories/chat/index.ts';
export type { Author, MessagesRepository, NewTurn } from './repositories/chat/messages.ts';
export { type NotificationsRepository, threadOf } from './repositories/chat/notifications.ts';
export type { OpenAnswer } from './repositories/chat/open-answers.ts';
export type { ShareLinkFinder, StoredShareLink } from './repositories/chat/share-links.ts';
export { contentHash } from './repositories/content-hash.ts';
export type { CredentialTokens } from './repositories/credential-tokens.ts';
export type {
  CredentialsRepository,
  NewCredential,
  OAuthTokens,
  OpenedCredential,
  SaveCredentialResult,
  StoredCredential,
} from './repositories/credentials.ts';
export type { Page } from './repositories/cursor.ts';
export type { StoredRow, Touched } from './repositories/data-table-rows.ts';
export type { StoredTable } from './repositories/data-tables.ts';
export type {
  EndedPlace,
  EndedRun,
  EndedRunSurroundings,
  EndedRunsRepository,
  FailedRunNews,
} from './repositories/ended-runs.ts';
export type { EventWaiter, EventWaitersRepository } from './repositories/event-waiters.ts';
export type {
  EventHearing,
  EventOutbox,
  EventsRepository,
  NewHearing,
  StoredEvent,
} from './repositories/events.ts';
export type { CheckedFile, FileSweep, FilesRepository, NewFile } from './repositories/files.ts';
export type { FormPagesRepository, OpenPage } from './repositories/form-pages.ts';
export type {
  Grantee,
  GrantsRepository,
  SharedResource,
  StoredGrant,
  Visible,
} from './repositories/grants.ts';
export type { GraphsRepository, PublishedCall } from './repositories/graphs.ts';
export type { GroupsRepository, SaveGroupResult } from './repositories/groups.ts';
export type { BeginResult, IdempotencyKeysRepository, KeptAnswer } from './repositories/idempotency-keys.ts';
export type {
  EnterResult,
  IdentitiesRepository,
  ProvenPerson,
  ProviderIdentity,
} from './repositories/identities.ts';
export type { Repositories, SystemRepositories } from './repositories/index.ts';
export {
  type AcceptResult,
  type InvitationFinder,
  type InvitationsRepository,
  type NewInvitation,
  type OpenInvitation,
  type SignUpResult,
  type TakenInvitation,
  toPreview,
} from './repositories/invitations.ts';
export { type ChunksRepository, chunkIdOf } from './repositories/knowledge/chunks.ts';
export type {
  DocumentsRepository,
  IngestedVersion,
  NewDocument,
  StoredDocument,
} from './repositories/knowledge/documents.ts';
export type { KnowledgeRepositories } from './repositories/knowledge/index.ts';
export type { IndexesRepository } from './repositories/knowledge/indexes.ts';
export type {
  KnowledgeBasesRepository,
  StoredKnowledgeBase,
} from './repositories/knowledge/knowledge-bases.ts';
export type { FoundPassage } from './repositories/knowledge/passages.ts';
export type { ChunkSearch, FoundChunk, SearchPlan } from './repositories/knowledge/search/find-chunks.ts';
export { type ChunkToEmbed, vectorText } from './repositories/knowledge/vectors.ts';
export type {
  LoginTokenPurpose,
  LoginTokensRepository,
  NewLoginToken,
} from './repositories/login-tokens.ts';
export type { KeptMcpConnection, McpConnectionsRepository } from './repositories/mcp-connections.ts';
export type {
  McpServerChange,
  McpServersRepository,
  SeenTool,
  StoredMcpServer,
} from './repositories/mcp-servers.ts';
export type {
  ChangeMemberResult,
  MembersRepository,
  RemoveMemberResult,
  TransferResult,
} from './repositories/members.ts';
export type { StoredBudget } from './repositories/models/budgets.ts';
export type { StoredChain, UnknownProviders } from './repositories/models/chains.ts';
export type { ModelRest } from './repositories/models/health.ts';
export type { ModelRepositories } from './repositories/models/index.ts';
export type { BegunCall, CallToBegin, ModelLedger } from './repositories/models/ledger.ts';
export type { StoredPrice } from './repositories/models/prices.ts';
export type { StoredProvider } from './repositories/models/providers.ts';
export type { Settlement } from './repositories/models/settle.ts';
export type { ModelSetup } from './repositories/models/setup.ts';
export type { RecordedCall, UsageGroup, UsageRow } from './repositories/models/usage.ts';
export type { LockRules, PasswordsRepository } from './repositories/passwords.ts';
export type { PublishInput, PublishResult, WebhookRoute } from './repositories/publish.ts';
export type { ResumptionsRepository } from './repositories/resumptions.ts';
export type { DueRun, RetentionRepository } from './repositories/retention.ts';
export { type RetentionAnswer, retentionAnswers } from './repositories/retention-answers.ts';
export type { RunFilter } from './repositories/run-filter.ts';
export type { OpenRun, RunRecordsRepository } from './repositories/run-records.ts';
export type { RunsRepository, StoredRun } from './repositories/runs.ts';
export type { SecondFactorsRepository, StoredSecondFactor } from './repositories/second-factors.ts';
export { keyScope, nodeScope } from './repositories/seen-values.ts';
export type { LiveSession, NewSession, SessionRecord, SessionsRepository } from './repositories/sessions.ts';
export type { SettingsRepository } from './repositories/settings.ts';
export type { NodeOutcome, StepsRepository, StoredStep } from './repositories/steps.ts';
export { StoreRefusal } from './repositories/store-refusal.ts';
export type { StoredFile } from './repositories/stored-file.ts';
export {
  type CallableAutomation,
  isNewsTo,
  type Listener,
  type SubscriptionFinder,
  type SubscriptionsRepository,
} from './repositories/subscriptions.ts';
export {
  type AddedSystemEvent,
  eventIdOf,
  type NewSystemEvent,
  type SystemEventsRepository,
} from './repositories/system-events.ts';
export type { StoredTestListener, TestAddress } from './repositories/test-listeners.ts';
export type { TriggerCursor, TriggerCursorsRepository, TriggerKey } from './repositories/trigger-cursors.ts';
export type { StoredVariable, VariablesRepository } from './repositories/variables.ts';
export type { StoredVersion, VersionsRepository } from './repositories/versions.ts';
export type { WebhookDeliveriesRepository } from './repositories/webhook-deliveries.ts';
export type { WebhookFinder, WebhooksRepository, WebhookTarget } from './repositories/webhooks.ts';
export type {
  RemoveWorkspaceResult,
  StoredWorkspace,
  WorkspacesRepository,
} from './repositories/workspaces.ts';
export { type SealContext, type Seals, type Vault, VaultError, type VaultErrorCode } from './vault/index.ts';
