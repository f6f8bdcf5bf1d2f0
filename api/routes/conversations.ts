/** Conversations: begin, list, read, change, take away. What is said in them is `messages.ts`. */
import { Readable } from 'node:stream';
import { z } from 'zod';
import {
  changeConversation,
  conversation,
  conversationPage,
  createConversation,
  exportFormat,
  listConversations,
} from '../../contracts/api/conversations.ts';
import { type StoredConversation, threadOf } from '../../db/index.ts';
import { stopTurns } from '../../runs/chat/stop-turns.ts';
import { tellChange } from '../../runs/chat/tell-change.ts';
import { tellNotified } from '../../runs/tell-notified.ts';
import { answererOf } from '../chat/answerer-of.ts';
import { exportBranch } from '../chat/export-branch.ts';
import { findConversation, findOwnConversation } from '../chat/find-conversation.ts';
import { personOf } from '../chat/person-of.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'conversations';
const params = z.object({ id: z.string() });

export const list = defineRoute({
  method: 'get',
  path: '/conversations',
  summary: 'List conversations, last said first',
  description: 'Those that the asker began, and those that are open to all. A search finds titles and words.',
  tag,
  auth: 'chat.read',
  query: listConversations,
  responses: { 200: conversationPage },
  handler: async ({ principal, query }, { db }) => ({
    status: 200,
    body: await db.inWorkspace(principal.workspace, ({ chat }) =>
      chat.conversations.list(personOf(principal), query),
    ),
  }),
});

export const create = defineRoute({
  method: 'post',
  path: '/conversations',
  summary: 'Begin a conversation with an agent or an automation',
  description:
    'With what is published, which the asker may use. A trial of an agent may be with its draft, for who may edit it.',
  tag,
  auth: 'chat.write',
  audit: false,
  body: createConversation,
  responses: { 201: conversation },
  handler: async ({ principal, body }, deps) => {
    const { trial, visibility, with: whom } = body;
    if (trial && whom.kind !== 'agent') throw new ApiProblem('answerer-gone');
    await answererOf(whom, trial, principal, deps);
    const owner = personOf(principal);
    const id = await deps.db.inWorkspace(principal.workspace, ({ chat }) =>
      chat.conversations.create({ owner, with: whom, trial, visibility: trial ? 'private' : visibility }),
    );
    const made = await findConversation(principal, id, deps);
    tellChange(deps, principal.workspace, made);
    return { status: 201, body: shown(made) };
  },
});

export const get = defineRoute({
  method: 'get',
  path: '/conversations/:id',
  summary: 'One conversation',
  tag,
  auth: 'chat.read',
  params,
  responses: { 200: conversation },
  handler: async ({ principal, params: { id } }, deps) => ({
    status: 200,
    body: shown(await findConversation(principal, id, deps)),
  }),
});

export const update = defineRoute({
  method: 'patch',
  path: '/conversations/:id',
  summary: 'Give a title, open or close it to others, or show another branch',
  description: 'Who else reads it is only for the one who began it.',
  tag,
  auth: 'chat.write',
  audit: false,
  params,
  body: changeConversation,
  responses: { 200: conversation },
  handler: async ({ principal, params: { id }, body }, deps) => {
    const { workspace } = principal;
    const before = await findConversation(principal, id, deps);
    const { visibility, title } = body;
    if (visibility !== undefined && !before.mine) throw new ApiProblem('conversation-not-yours');
    await deps.db.inWorkspace(workspace, async ({ chat }) => {
      const leaf = body.leaf && (await chat.messages.leafOf(id, body.leaf));
      if (body.leaf && !leaf) throw notFound('message');
      await chat.conversations.change(id, { title, visibility, leaf });
    });
    const after = await findConversation(principal, id, deps);
    // Those who lose it hear so too.
    if (before.visibility !== after.visibility) {
      tellChange(deps, workspace, before);
      deps.bus.publish({ kind: 'access.changed', workspace });
    }
    tellChange(deps, workspace, after);
    return { status: 200, body: shown(after) };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/conversations/:id',
  summary: 'Delete a conversation with all that was said in it',
  description: 'Of the one who began it. An answer that is being given is stopped.',
  tag,
  auth: 'chat.write',
  params,
  responses: { 204: null },
  handler: async ({ principal, params: { id }, note }, deps) => {
    const { workspace } = principal;
    const found = await findOwnConversation(principal, id, deps);
    if (found.busy) await stopTurns(deps, { workspace, conversation: id }, {});
    const unread = await deps.db.inWorkspace(workspace, async ({ chat, agentRuns }) => {
      await agentRuns.forget(id);
      await chat.conversations.remove(id);
      return chat.notifications.removeThread(threadOf('conversation', id));
    });
    tellNotified(deps, workspace, unread);
    note({ resource: { type: 'conversation', id, name: found.title } });
    tellChange(deps, workspace, found);
    return { status: 204 };
  },
});

export const exported = defineRoute({
  method: 'get',
  path: '/conversations/:id/export',
  summary: 'The branch that is shown, as a file',
  tag,
  auth: 'chat.read',
  params,
  query: exportFormat,
  responses: { 200: 'application/octet-stream' },
  handler: async ({ principal, params: { id }, query: { format } }, deps) => {
    const found = await findConversation(principal, id, deps);
    const file = format === 'json' ? 'conversation.json' : 'conversation.md';
    return {
      status: 200,
      body: Readable.from(exportBranch(found, format, personOf(principal), principal.workspace, deps)),
      headers: { 'content-disposition': `attachment; filename="${file}"` },
    };
  },
});

function shown({ owner: _, titledBy: __, ...rest }: StoredConversation) {
  return rest;
}
