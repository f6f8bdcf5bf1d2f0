import { Agent } from './agent.ts';
import { AgentRun } from './agent-run.ts';
import { AgentStep } from './agent-step.ts';
import { AgentVersion } from './agent-version.ts';
import { ApiKey } from './api-key.ts';
import { Approval } from './approval.ts';
import { ApprovalDecision } from './approval-decision.ts';
import { AuditEvent } from './audit-event.ts';
import { Automation } from './automation.ts';
import { BulkJob } from './bulk-job.ts';
import { BusMessage } from './bus-message.ts';
import { ChatViewer } from './chat-viewer.ts';
import { Conversation } from './conversation.ts';
import { ConversationRead } from './conversation-read.ts';
import { Credential } from './credential.ts';
import { DataKey } from './data-key.ts';
import { DataTable } from './data-table.ts';
import { DataTableRow } from './data-table-row.ts';
import { EmbeddingCache } from './embedding-cache.ts';
import { Event } from './event.ts';
import { EventHearing } from './event-hearing.ts';
import { EventWaiter } from './event-waiter.ts';
import { File } from './file.ts';
import { FormPage } from './form-page.ts';
import { Grant } from './grant.ts';
import { Group } from './group.ts';
import { GroupMember } from './group-member.ts';
import { IdempotencyKey } from './idempotency-key.ts';
import { Identity } from './identity.ts';
import { Invitation } from './invitation.ts';
import { KeyValue } from './key-value.ts';
import { KnowledgeBase } from './knowledge-base.ts';
import { KnowledgeChunk } from './knowledge-chunk.ts';
import { KnowledgeDocument } from './knowledge-document.ts';
import { KnowledgeIndex } from './knowledge-index.ts';
import { KnowledgeVector } from './knowledge-vector.ts';
import { LoginToken } from './login-token.ts';
import { McpConnection } from './mcp-connection.ts';
import { McpServer } from './mcp-server.ts';
import { Membership } from './membership.ts';
import { Message } from './message.ts';
import { MessageChange } from './message-change.ts';
import { MessageFeedback } from './message-feedback.ts';
import { ModelAccount } from './model-account.ts';
import { ModelBudget } from './model-budget.ts';
import { ModelCall } from './model-call.ts';
import { ModelChain } from './model-chain.ts';
import { ModelHealth } from './model-health.ts';
import { ModelLimit } from './model-limit.ts';
import { ModelMeter } from './model-meter.ts';
import { ModelPrice } from './model-price.ts';
import { ModelProvider } from './model-provider.ts';
import { Notification } from './notification.ts';
import { RateLimit } from './rate-limit.ts';
import { RecoveryCode } from './recovery-code.ts';
import { Resumption } from './resumption.ts';
import { Run } from './run.ts';
import { RunWatcher } from './run-watcher.ts';
import { SeenValue } from './seen-value.ts';
import { Session } from './session.ts';
import { Setting } from './setting.ts';
import { ShareLink } from './share-link.ts';
import { Step } from './step.ts';
import { StepResult } from './step-result.ts';
import { Subscription } from './subscription.ts';
import { TestListener } from './test-listener.ts';
import { TriggerCursor } from './trigger-cursor.ts';
import { User } from './user.ts';
import { Variable } from './variable.ts';
import { Version } from './version.ts';
import { Watermark } from './watermark.ts';
import { Webhook } from './webhook.ts';
import { WebhookDelivery } from './webhook-delivery.ts';
import { Workspace } from './workspace.ts';

export const entities = [
  Workspace,
  User,
  Identity,
  Session,
  LoginToken,
  RecoveryCode,
  Membership,
  Invitation,
  Group,
  GroupMember,
  Grant,
  ApiKey,
  DataKey,
  Credential,
  Variable,
  AuditEvent,
  Automation,
  Version,
  Webhook,
  WebhookDelivery,
  Event,
  EventHearing,
  TriggerCursor,
  Subscription,
  TestListener,
  Run,
  Step,
  Approval,
  ApprovalDecision,
  EventWaiter,
  FormPage,
  Resumption,
  RunWatcher,
  Watermark,
  IdempotencyKey,
  DataTable,
  DataTableRow,
  KeyValue,
  SeenValue,
  StepResult,
  Setting,
  RateLimit,
  BusMessage,
  BulkJob,
  ModelProvider,
  ModelChain,
  ModelPrice,
  ModelBudget,
  ModelAccount,
  ModelCall,
  ModelMeter,
  ModelHealth,
  ModelLimit,
  Agent,
  AgentVersion,
  AgentRun,
  AgentStep,
  File,
  Conversation,
  ChatViewer,
  Message,
  MessageChange,
  MessageFeedback,
  ConversationRead,
  ShareLink,
  Notification,
  KnowledgeBase,
  KnowledgeDocument,
  KnowledgeChunk,
  McpServer,
  McpConnection,
  KnowledgeIndex,
  KnowledgeVector,
  EmbeddingCache,
];

export {
  Agent,
  AgentRun,
  AgentStep,
  AgentVersion,
  ApiKey,
  Approval,
  ApprovalDecision,
  AuditEvent,
  Automation,
  BulkJob,
  BusMessage,
  ChatViewer,
  Conversation,
  ConversationRead,
  Credential,
  DataKey,
  DataTable,
  DataTableRow,
  Event,
  EventHearing,
  EventWaiter,
  File,
  FormPage,
  Grant,
  Group,
  GroupMember,
  IdempotencyKey,
  Identity,
  Invitation,
  KeyValue,
  KnowledgeBase,
  KnowledgeChunk,
  KnowledgeDocument,
  LoginToken,
  McpConnection,
  McpServer,
  Membership,
  Message,
  MessageChange,
  MessageFeedback,
  ModelAccount,
  ModelBudget,
  ModelCall,
  ModelChain,
  ModelHealth,
  ModelLimit,
  ModelMeter,
  ModelPrice,
  ModelProvider,
  Notification,
  RateLimit,
  RecoveryCode,
  Resumption,
  Run,
  RunWatcher,
  SeenValue,
  Session,
  Setting,
  ShareLink,
  Step,
  StepResult,
  Subscription,
  TestListener,
  TriggerCursor,
  User,
  Variable,
  Version,
  Watermark,
  Webhook,
  WebhookDelivery,
  Workspace,
};
