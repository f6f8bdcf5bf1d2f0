/** What is said in conversations: read, send, try again, stop, rate. */
import { ulid } from 'ulid';
import { z } from 'zod';
import {
  giveFeedback,
  listMessages,
  message,
  messagePage,
  messageSent,
  sendMessage,
  stopAnswers,
  stopping,
} from '../../contracts/api/conversations.ts';
import { threadOf } from '../../db/index.ts';
import { stopTurns } from '../../runs/chat/stop-turns.ts';
import { tellChange } from '../../runs/chat/tell-change.ts';
import { tellNow } from '../../runs/events/emit-event.ts';
import { tellNotified } from '../../runs/tell-notified.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
import { answererOf } from '../chat/answerer-of.ts';
import { findConversation } from '../chat/find-conversation.ts';
import { giveTurn } from '../chat/give-turn.ts';
import { partsOf } from '../chat/parts-of.ts';
import { personOf } from '../chat/person-of.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'conversations';
const params = z.object({ id: z.string() });
const messageParams = z.object({ id: z.string(), message: z.string() });

export const list = defineRoute({
  method: 'get',
  path: '/conversations/:id/messages',
  summary: 'The branch that is shown, or the one that ends at `leaf`',
  description:
    'The last messages of it, oldest first; `nextCursor` leads to those before. An answer that is being given comes with its `seq`: what the socket tells behind that is put on top.',
  tag,
  auth: 'chat.read',
  params,
  query: listMessages,
  responses: { 200: messagePage },
  handler: async ({ principal, params: { id }, query: { cursor, limit, leaf } }, deps) => {
    const found = await findConversation(principal, id, deps);
    const end = leaf ?? found.leaf;
    if (end === undefined) return { status: 200, body: { items: [] } };
    const page = await deps.db.inWorkspace(principal.workspace, ({ chat }) =>
      chat.messages.branch(id, end, { limit, before: cursor, reader: personOf(principal) }),
    );
    if (!page) throw notFound('message');
    const { items, before } = page;
    return { status: 200, body: { items, ...(before !== undefined && { nextCursor: before }) } };
  },
});

export const get = defineRoute({
  method: 'get',
  path: '/conversations/:id/messages/:message',
  summary: 'One message',
  tag,
  auth: 'chat.read',
  params: messageParams,
  responses: { 200: message },
  handler: async ({ principal, params: { id, message: which } }, deps) => {
    await findConversation(principal, id, deps);
    const found = await deps.db.inWorkspace(principal.workspace, ({ chat }) =>
      chat.messages.get(id, which, personOf(principal)),
    );
    if (!found) throw notFound('message');
    return { status: 200, body: found };
  },
});

export const send = defineRoute({
  method: 'post',
  path: '/conversations/:id/messages',
  summary: 'Say something',
  description:
    'Accepted once it is stored and Temporal has the turn: from then on the answer comes to an end. With an `id` of the caller’s making it can be sent again after a lost reply.',
  tag,
  auth: 'chat.write',
  audit: false,
  limit: 'run',
  params,
  body: sendMessage,
  responses: { 202: messageSent },
  handler: async ({ principal, params: { id }, body }, deps) => {
    const { workspace } = principal;
    const found = await findConversation(principal, id, deps);
    const { answerer, whileBusy } = await answererOf(found.with, found.trial, principal, deps);
    const parts = await partsOf(body, principal, deps);
    const question = body.id ?? ulid();
    const parent = body.parent === undefined ? found.leaf : (body.parent ?? undefined);
    const author = { person: personOf(principal), name: principal.name };
    const added = await deps.db.inWorkspace(workspace, ({ chat }) =>
      chat.messages.addTurn({ conversation: id, question, answer: ulid(), author, parts, parent, answerer }),
    );
    if (!added) throw new ApiProblem('message-elsewhere');
    const turn = { message: added.answer, answerer, whileBusy, member: principal.user };
    const made = added.isNew ? [question, added.answer] : [];
    const { ahead } = await giveTurn(deps, { workspace, conversation: id, turn, made });
    tellChange(deps, workspace, found, [question, added.answer]);
    return { status: 202, body: { message: question, answer: added.answer, ahead } };
  },
});

export const retry = defineRoute({
  method: 'post',
  path: '/conversations/:id/messages/:message/retry',
  summary: 'Another answer to the same question',
  description: 'It stands beside the one before.',
  tag,
  auth: 'chat.write',
  audit: false,
  limit: 'run',
  params: messageParams,
  responses: { 202: messageSent },
  handler: async ({ principal, params: { id, message: of } }, deps) => {
    const { workspace } = principal;
    const found = await findConversation(principal, id, deps);
    const asked = await deps.db.inWorkspace(workspace, ({ chat }) =>
      chat.messages.get(id, of, personOf(principal)),
    );
    if (!asked) throw notFound('message');
    const { answerer, whileBusy } = await answererOf(found.with, found.trial, principal, deps);
    const answer = ulid();
    const question = await deps.db.inWorkspace(workspace, ({ chat }) =>
      chat.messages.addAnswer(id, of, answer, answerer),
    );
    if (!question) throw notFound('message');
    const turn = { message: answer, answerer, whileBusy, member: principal.user };
    const { ahead } = await giveTurn(deps, { workspace, conversation: id, turn, made: [answer] });
    tellChange(deps, workspace, found, [answer]);
    return { status: 202, body: { message: question, answer, ahead } };
  },
});

export const stop = defineRoute({
  method: 'post',
  path: '/conversations/:id/stop',
  summary: 'Stop an answer, or all that are given or wait',
  description: 'What had come of it stays, and is paid.',
  tag,
  auth: 'chat.write',
  audit: false,
  params,
  body: stopAnswers,
  responses: { 202: stopping },
  handler: async ({ principal, params: { id }, body }, deps) => {
    const { workspace } = principal;
    await findConversation(principal, id, deps);
    return { status: 202, body: await stopTurns(deps, { workspace, conversation: id }, body) };
  },
});

export const rate = defineRoute({
  method: 'put',
  path: '/conversations/:id/messages/:message/feedback',
  summary: 'Say whether an answer was good',
  tag,
  auth: 'chat.write',
  audit: false,
  params: messageParams,
  body: giveFeedback,
  responses: { 204: null },
  handler: async ({ principal, params: { id, message: which }, body }, deps) => {
    const { workspace, name } = principal;
    const person = personOf(principal);
    await findConversation(principal, id, deps);
    const event = await deps.db.inWorkspace(workspace, async ({ chat }) => {
      if (!(await chat.messages.get(id, which, person))) throw notFound('message');
      return chat.rateAnswer({ conversation: id, message: which, person, name, ...body });
    });
    if (event) await tellNow({ ...deps, graphs: versionGraphsOf(deps.db) }, event);
    return { status: 204 };
  },
});

export const read = defineRoute({
  method: 'put',
  path: '/conversations/:id/read',
  summary: 'Say that everything in it is read',
  tag,
  auth: 'chat.read',
  audit: false,
  params,
  responses: { 204: null },
  handler: async ({ principal, params: { id } }, deps) => {
    const { workspace } = principal;
    const person = personOf(principal);
    await findConversation(principal, id, deps);
    const settled = await deps.db.inWorkspace(workspace, async ({ chat }) => {
      await chat.conversations.markRead(id, person);
      return chat.notifications.settle(threadOf('conversation', id), person);
    });
    tellNotified(deps, workspace, settled);
    return { status: 204 };
  },
});
