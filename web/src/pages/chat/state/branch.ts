/**
 * The branch of a conversation as this tab knows it: the messages that were asked for, with what has been told since put on top. What
 * the API answers and what the socket tells cross on their way, so every step here is right in either order.
 */
import type { Message } from '../../../../../contracts/api/conversations.ts';
import { applyBatch } from '../../../../../contracts/chat/apply-changes.ts';
import type { AnswerBatch } from '../../../../../contracts/chat/stream.ts';

export interface Branch {
  /** False until the end of the branch has come once. */
  isLoaded: boolean;
  /** From the first that is known to the last. */
  messages: readonly Message[];
  /** Leads to the messages before; left out: the first one is known. */
  before?: string | undefined;
  /** Batches of messages that are not here, or that lack one before: by message. */
  early: Readonly<Record<string, readonly AnswerBatch[]>>;
}

export interface MessagePage {
  items: readonly Message[];
  nextCursor?: string | undefined;
}

export const emptyBranch: Branch = { isLoaded: false, messages: [], early: {} };

/** Batches that are kept of one message at most: beyond that it is asked for again anyway. */
const mostEarly = 500;

/** The end of the branch, as it is now. What was known before it stays, as far as it leads there. */
export function takeLatest(branch: Branch, { items, nextCursor }: MessagePage): Branch {
  const known = new Map(branch.messages.map((message) => [message.id, message]));
  const end = items.map((item) => newerOf(item, known.get(item.id)));
  const first = items[0];
  const same = branch.messages.findIndex(({ id }) => id === first?.id);
  const parent = branch.messages.findIndex(({ id }) => id === first?.parent);
  // Whatever leads to a message is the same in every branch that holds it.
  const kept = same >= 0 ? same : parent + 1;
  const grown =
    kept > 0
      ? { ...branch, messages: [...branch.messages.slice(0, kept), ...end] }
      : { ...branch, messages: end, before: nextCursor };
  return items.reduce(replay, { ...grown, isLoaded: true });
}

/** The messages before the first that is known. */
export function takeOlder(branch: Branch, { items, nextCursor }: MessagePage): Branch {
  const known = new Set(branch.messages.map(({ id }) => id));
  const older = items.filter(({ id }) => !known.has(id));
  return { ...branch, messages: [...older, ...branch.messages], before: nextCursor };
}

/** One message anew; one that is on no branch shown changes nothing. */
export function takeMessage(branch: Branch, message: Message): Branch {
  const messages = branch.messages.map((known) =>
    known.id === message.id ? newerOf(message, known) : known,
  );
  return replay({ ...branch, messages }, message);
}

/** `missing`: a batch before this one never came; ask for the message. */
export function takeBatch(branch: Branch, batch: AnswerBatch): { branch: Branch; missing: boolean } {
  const known = branch.messages.find(({ id }) => id === batch.message);
  if (!known) return { branch: keep(branch, batch), missing: false };
  const grown = applyBatch(known, batch);
  if (!grown) return { branch: keep(branch, batch), missing: true };
  if (grown === known) return { branch, missing: false };
  return { branch: put(branch, grown), missing: false };
}

/** An answer on the way to the asker may be older than what the socket told meanwhile. */
function newerOf(asked: Message, known: Message | undefined): Message {
  if (!known || known.seq <= asked.seq) return asked;
  const { seq, state, parts, failure, took, finishedAt } = known;
  return {
    ...asked,
    ...{ seq, state, parts },
    ...(failure && { failure }),
    ...(took && { took }),
    ...(finishedAt && { finishedAt }),
  };
}

/** Puts the batches that came too early on top, as far as they follow one another. */
function replay(branch: Branch, { id }: Message): Branch {
  const { [id]: waiting, ...early } = branch.early;
  const known = branch.messages.find((message) => message.id === id);
  if (!waiting || !known) return branch;
  const inOrder = [...waiting].sort((one, other) => one.seq - other.seq);
  let grown = known;
  const left = inOrder.filter((batch) => {
    const next = applyBatch(grown, batch);
    if (next) grown = next;
    return next === undefined;
  });
  return put({ ...branch, early: left.length > 0 ? { ...early, [id]: left } : early }, grown);
}

function keep(branch: Branch, batch: AnswerBatch): Branch {
  const waiting = [...(branch.early[batch.message] ?? []), batch].slice(-mostEarly);
  return { ...branch, early: { ...branch.early, [batch.message]: waiting } };
}

function put(branch: Branch, message: Message): Branch {
  return {
    ...branch,
    messages: branch.messages.map((known) => (known.id === message.id ? message : known)),
  };
}
