/** A branch of messages as a model reads it: what was said, and the calls of tools that its agent still has, each with what came of it. */
import {
  type MessagePart,
  type MessageRole,
  steeredNote,
  type ToolPart,
  textOf,
} from '../../contracts/chat/message.ts';
import { isShownToModels, nameOfAttachment } from '../../contracts/models/attachments.ts';
import type { ChatMessage, ContentPart, ToolCall } from '../../contracts/models/chat.ts';

interface Read {
  role: MessageRole;
  parts: readonly MessagePart[];
}

const notKnown = 'What came of this call is not known: the answer ended before it did.';

/** @param tools names of those that the agent has now: a call of another would be strange to the model, and is left out */
export function transcriptOf(messages: readonly Read[], tools: ReadonlySet<string>): ChatMessage[] {
  return messages.flatMap((message) =>
    message.role === 'user' ? asked(message.parts) : answered(message.parts, tools),
  );
}

function asked(parts: readonly MessagePart[]): ChatMessage[] {
  const files = parts.filter((part) => part.type === 'file');
  const text = [...files.filter((file) => !isShownToModels(file)).map(nameOfAttachment), textOf(parts)]
    .filter((said) => said !== '')
    .join('\n\n');
  const shown = files
    .filter(isShownToModels)
    .map(({ file, name, mimeType, bytes }): ContentPart => ({ type: 'file', file, name, mimeType, bytes }));
  // What is looked at comes before what is asked about it, as makers advise.
  if (shown.length > 0)
    return [{ role: 'user', content: [...shown, ...(text === '' ? [] : [{ type: 'text' as const, text }])] }];
  return text === '' ? [] : [{ role: 'user', content: text }];
}

/** Step by step, as the run went: a text and the calls that came with it, then their results. */
function answered(parts: readonly MessagePart[], tools: ReadonlySet<string>): ChatMessage[] {
  return bySteps(parts).flatMap((step) => {
    const content = step.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
    const steered = step.flatMap((part): ChatMessage[] =>
      part.type === 'note' && part.code === steeredNote ? [{ role: 'user', content: part.text }] : [],
    );
    const calls = step.filter((part) => part.type === 'tool').filter(({ name }) => tools.has(name));
    if (content.trim() === '' && calls.length === 0) return steered;
    const toolCalls = calls.map(
      (call): ToolCall => ({
        ...{ id: call.call, name: call.name, arguments: call.arguments },
      }),
    );
    return [
      ...steered,
      { role: 'assistant', content, ...(toolCalls.length > 0 && { toolCalls }) },
      ...calls.map(resultOf),
    ] satisfies ChatMessage[];
  });
}

function bySteps(parts: readonly MessagePart[]): MessagePart[][] {
  const steps = new Map<number, MessagePart[]>();
  for (const part of parts) {
    const step = part.by?.step ?? 0;
    steps.set(step, [...(steps.get(step) ?? []), part]);
  }
  return [...steps.values()];
}

function resultOf({ call, name, result, failure, state }: ToolPart): ChatMessage {
  const message = { role: 'tool', toolCallId: call, name } as const;
  if (result !== undefined)
    return { ...message, content: typeof result === 'string' ? result : JSON.stringify(result) };
  if (failure) return { ...message, content: `It failed: ${failure.message}` };
  return { ...message, content: state === 'denied' ? 'A person refused this call.' : notKnown };
}
