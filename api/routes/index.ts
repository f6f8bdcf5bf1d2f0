/** Every route there is. A new resource is one file beside this one and one line below; `openapi.json` follows. */
import type { Route } from '../route.ts';
import * as account from './account.ts';
import * as agentRuns from './agent-runs.ts';
import * as agentTools from './agent-tools.ts';
import * as agentVersions from './agent-versions.ts';
import * as agents from './agents.ts';
import * as approvals from './approvals.ts';
import * as audit from './audit.ts';
import * as automations from './automations.ts';
import * as bulkJobs from './bulk-jobs.ts';
import * as catalogue from './catalogue.ts';
import * as codec from './codec.ts';
import * as conversations from './conversations.ts';
import * as credentialConnection from './credential-connection.ts';
import * as credentialTests from './credential-tests.ts';
import * as credentials from './credentials.ts';
import * as deliveries from './deliveries.ts';
import * as events from './events.ts';
import * as files from './files.ts';
import * as flow from './flow.ts';
import { agentGrants, automationGrants, credentialGrants, knowledgeGrants } from './grants.ts';
import * as groups from './groups.ts';
import * as health from './health.ts';
import * as invitations from './invitations.ts';
import * as keys from './keys.ts';
import * as knowledgeBases from './knowledge-bases.ts';
import * as knowledgeDocuments from './knowledge-documents.ts';
import * as knowledgeSearch from './knowledge-search.ts';
import * as mcp from './mcp.ts';
import * as mcpConnections from './mcp-connections.ts';
import * as mcpServers from './mcp-servers.ts';
import * as members from './members.ts';
import * as messages from './messages.ts';
import * as modelBudgets from './model-budgets.ts';
import * as modelChains from './model-chains.ts';
import * as modelPrices from './model-prices.ts';
import * as modelProviders from './model-providers.ts';
import * as modelUsage from './model-usage.ts';
import * as notifications from './notifications.ts';
import * as objects from './objects.ts';
import * as openai from './openai.ts';
import * as password from './password.ts';
import * as pictures from './pictures.ts';
import * as publishing from './publishing.ts';
import * as reruns from './reruns.ts';
import * as retention from './retention.ts';
import * as runs from './runs.ts';
import * as schedules from './schedules.ts';
import * as secondFactor from './second-factor.ts';
import * as session from './session.ts';
import * as sessions from './sessions.ts';
import * as shareLinks from './share-links.ts';
import * as signUp from './sign-up.ts';
import * as signals from './signals.ts';
import * as storedKeys from './stored-keys.ts';
import * as tableRows from './table-rows.ts';
import * as tables from './tables.ts';
import * as testListeners from './test-listeners.ts';
import * as uploadedFiles from './uploaded-files.ts';
import * as uploads from './uploads.ts';
import * as variables from './variables.ts';
import * as versions from './versions.ts';
import * as workspaces from './workspaces.ts';

export const routes: readonly Route[] = [
  ...[health.live, health.ready],
  ...[account.getInstance, account.create, account.get, account.update],
  ...[session.open, session.close, session.complete, session.sendLink],
  ...[sessions.list, sessions.remove, sessions.removeOthers],
  ...[password.change, password.forget, password.reset],
  ...[pictures.getHosts, pictures.setHosts, pictures.open, pictures.openShared],
  ...[signUp.create, signUp.verify, signUp.sendLink],
  ...[secondFactor.begin, secondFactor.confirm, secondFactor.renewCodes, secondFactor.remove],
  ...[automations.list, automations.create, automations.validate],
  ...[automations.get, automations.update, automations.remove],
  ...[publishing.publish, publishing.unpublish],
  ...[versions.list, versions.get, versions.restore, versions.publish, versions.update],
  ...[agents.list, agents.create, agents.createExample, agentTools.readHttp],
  ...[agents.get, agents.update, agents.remove, agentVersions.publish, agentVersions.unpublish],
  ...[agentVersions.list, agentVersions.get, agentVersions.restore, agentVersions.update],
  ...[agentRuns.start, agentRuns.list, agentRuns.get, agentRuns.steer],
  ...[agentRuns.pause, agentRuns.resume, agentRuns.stop],
  ...[conversations.list, conversations.create, conversations.get, conversations.update],
  ...[conversations.remove, conversations.exported],
  ...[
    messages.list,
    messages.get,
    messages.send,
    messages.retry,
    messages.stop,
    messages.rate,
    messages.read,
  ],
  ...[shareLinks.create, shareLinks.list, shareLinks.revoke, shareLinks.shared, shareLinks.attachment],
  ...[notifications.list, notifications.count, notifications.read],
  signals.send,
  ...[approvals.list, approvals.count, approvals.get, approvals.decide],
  codec.open,
  ...[files.list, files.get, files.open, objects.put],
  ...[uploads.create, uploads.get, uploads.sign, uploads.complete, uploads.cancel],
  ...[uploadedFiles.list, uploadedFiles.get, uploadedFiles.content, uploadedFiles.link],
  ...[uploadedFiles.remove, uploadedFiles.use],
  ...[runs.start, runs.list, runs.get, runs.steps, runs.outputs, runs.cancel, reruns.plan, reruns.retry],
  ...[retention.getWorkspace, retention.updateWorkspace, retention.getAutomation],
  ...[retention.updateAutomation, retention.holdRun],
  ...[bulkJobs.count, bulkJobs.create, bulkJobs.list, bulkJobs.get],
  ...[bulkJobs.pause, bulkJobs.resume, bulkJobs.cancel],
  ...[keys.list, keys.create, keys.remove, keys.listOwn, keys.createOwn, keys.removeOwn],
  ...[audit.list, audit.exportCsv],
  ...[workspaces.create, workspaces.listDeleted, workspaces.restore, workspaces.enter, workspaces.leave],
  ...[workspaces.get, workspaces.update, workspaces.remove, workspaces.transfer],
  ...[flow.get, flow.update],
  ...[members.list, members.update, members.remove],
  ...[invitations.preview, invitations.accept, invitations.signUp],
  ...[invitations.list, invitations.create, invitations.revoke],
  ...[groups.list, groups.create, groups.update, groups.remove],
  ...[automationGrants.list, automationGrants.put, automationGrants.remove],
  ...[agentGrants.list, agentGrants.put, agentGrants.remove],
  ...[credentialGrants.list, credentialGrants.put, credentialGrants.remove],
  ...[credentials.types, credentials.list, credentials.create],
  ...[credentials.get, credentials.update, credentials.remove],
  ...[credentialTests.testValuesOf, credentialTests.testStored],
  ...[credentialConnection.connect, credentialConnection.callback],
  ...[tables.list, tables.create, tables.get, tables.rename, tables.remove],
  ...[tables.addColumn, tables.renameColumn, tables.removeColumn],
  ...[tableRows.list, tableRows.insert, tableRows.change, tableRows.remove, tableRows.exportCsv],
  ...[storedKeys.list, storedKeys.put, storedKeys.remove, storedKeys.clearOfNode, storedKeys.clearOfKey],
  ...[schedules.list, schedules.listOf, schedules.preview],
  ...[schedules.pause, schedules.resume, schedules.trigger, schedules.backfill],
  ...[deliveries.list, deliveries.get, deliveries.replay],
  ...[testListeners.listen, testListeners.get, testListeners.stop],
  ...[events.list, events.emit, events.get, events.replay],
  ...[knowledgeBases.list, knowledgeBases.create, knowledgeBases.get, knowledgeBases.update],
  ...[knowledgeBases.remove, knowledgeBases.sync, knowledgeSearch.search],
  ...[knowledgeDocuments.list, knowledgeDocuments.create, knowledgeDocuments.get],
  ...[knowledgeDocuments.update, knowledgeDocuments.remove, knowledgeDocuments.sync],
  knowledgeDocuments.chunks,
  ...[knowledgeGrants.list, knowledgeGrants.put, knowledgeGrants.remove],
  ...[modelProviders.list, modelProviders.create, modelProviders.get, modelProviders.update],
  ...[mcpServers.list, mcpServers.create, mcpServers.get, mcpServers.update, mcpServers.remove],
  ...[mcpConnections.connect, mcpConnections.disconnect, mcpConnections.callback],
  ...[mcpServers.refresh, mcpServers.review, mcpServers.commands],
  ...[modelProviders.remove, modelProviders.test, modelProviders.models],
  ...[modelChains.list, modelChains.create, modelChains.update, modelChains.remove],
  ...[modelPrices.list, modelPrices.put, modelPrices.remove],
  ...[modelBudgets.list, modelBudgets.create, modelBudgets.update, modelBudgets.remove],
  ...[modelBudgets.limits, modelBudgets.setLimits, modelUsage.usage, modelUsage.calls],
  ...[openai.models, openai.complete, openai.embed],
  ...[mcp.talk, mcp.listen, mcp.leave],
  ...[variables.list, variables.put, variables.remove],
  catalogue.list,
];
