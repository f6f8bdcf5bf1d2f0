/** What an operator can filter runs by in the Temporal UI. The namespace must know them, as Keyword. */
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import type { RunTrigger } from '../contracts/run.ts';

const workspaceKey = defineSearchAttributeKey('Workspace', SearchAttributeType.KEYWORD);
const automationKey = defineSearchAttributeKey('Automation', SearchAttributeType.KEYWORD);
const agentKey = defineSearchAttributeKey('Agent', SearchAttributeType.KEYWORD);
const runKindKey = defineSearchAttributeKey('RunKind', SearchAttributeType.KEYWORD);

/** Name and type of each, for whoever registers them. */
export const searchAttributeTypes = {
  Workspace: 'Keyword',
  Automation: 'Keyword',
  RunKind: 'Keyword',
  Agent: 'Keyword',
} as const;

export function searchAttributesOf(of: {
  workspace: string;
  automation: string;
  kind: RunTrigger;
}): TypedSearchAttributes {
  return new TypedSearchAttributes([
    { key: workspaceKey, value: of.workspace },
    { key: automationKey, value: of.automation },
    { key: runKindKey, value: of.kind },
  ]);
}

/** The same for runs of agents. */
export function agentSearchAttributesOf(of: { workspace: string; agent: string }): TypedSearchAttributes {
  return new TypedSearchAttributes([
    { key: workspaceKey, value: of.workspace },
    { key: agentKey, value: of.agent },
    { key: runKindKey, value: 'agent' },
  ]);
}

/** The same for conversations. Who answers may change from turn to turn: the runs that answer say it. */
export function conversationSearchAttributesOf(workspace: string): TypedSearchAttributes {
  return new TypedSearchAttributes([
    { key: workspaceKey, value: workspace },
    { key: runKindKey, value: 'conversation' },
  ]);
}

/** The same for documents that are taken into knowledge bases. */
export function knowledgeSearchAttributesOf(workspace: string): TypedSearchAttributes {
  return new TypedSearchAttributes([
    { key: workspaceKey, value: workspace },
    { key: runKindKey, value: 'knowledge' },
  ]);
}
