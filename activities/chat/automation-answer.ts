/** What the run of an automation that gives an answer is started with: its pinned version, at the trigger for messages. */

import type { Message } from '../../contracts/api/conversations.ts';
import { chatTrigger } from '../../contracts/catalogue/chat-trigger.ts';
import type { Answerer } from '../../contracts/chat/conversation.ts';
import type { Item } from '../../contracts/item.ts';
import type { MentionedVariables } from '../../contracts/variables.ts';
import type { Repositories } from '../../db/index.ts';
import type { VersionGraphs } from '../../runs/version-graphs.ts';
import { stepFailed } from '../step-failed.ts';
import { chatItemOf } from './chat-item.ts';

export interface AutomationAnswer {
  automation: { id: string; name: string };
  version: { id: string; number: number };
  /** The trigger. */
  node: string;
  items: Item[];
  variables?: MentionedVariables | undefined;
  priority?: number | undefined;
}

/** @throws ApplicationFailure `answerer-unavailable`: nothing in the version takes messages, or it is gone */
export async function automationAnswer(
  graphs: VersionGraphs,
  workspace: string,
  { automation, version }: Extract<Answerer, { kind: 'automation' }>,
  branch: readonly Message[],
  { automations, versions }: Pick<Repositories, 'automations' | 'versions'>,
): Promise<AutomationAnswer> {
  const graph = await graphs.get(version, workspace);
  const trigger = [...(graph?.nodes.values() ?? [])].find(
    ({ type, disabled }) => type === chatTrigger.type && !disabled,
  );
  const stored = await automations.get(automation);
  const pinned = await versions.get(automation, version);
  if (!graph || !trigger || !stored || !pinned) throw noChatTrigger();
  return {
    automation: { id: automation, name: stored.name },
    version: { id: version, number: pinned.number },
    node: trigger.id,
    items: [chatItemOf(branch, chatTrigger.parameters.parse(trigger.parameters))],
    variables: graph.variables,
    priority: graph.settings.priority,
  };
}

function noChatTrigger() {
  return stepFailed(
    'answerer-unavailable',
    'The automation that was to answer has no trigger for messages of conversations.',
    'Add the trigger “Chat message” to it and publish it, or begin a conversation with an agent.',
  );
}
