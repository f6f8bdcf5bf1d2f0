/** Links by which anybody reads a branch of a conversation, without signing in. */
import { z } from 'zod';
import {
  openShared,
  sharedConversation,
  shareLink,
  shareLinkList,
} from '../../contracts/api/conversations.ts';
import { readAttachmentLink } from '../../runs/links/attachment-link.ts';
import { hashToken, randomToken } from '../auth/secrets.ts';
import { findConversation, findOwnConversation } from '../chat/find-conversation.ts';
import { personOf } from '../chat/person-of.ts';
import { shownAttachment } from '../chat/shared-attachments.ts';
import { findShared, sharedMessages } from '../chat/shared-messages.ts';
import { fileReply } from '../files/file-reply.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { publicUrl } from '../public-url.ts';
import { defineRoute } from '../route.ts';

const tag = 'conversations';
const streamed = 'application/octet-stream';
const params = z.object({ id: z.string() });

export const create = defineRoute({
  method: 'post',
  path: '/conversations/:id/share-links',
  summary: 'Make a link by which anybody reads what was said up to now',
  description:
    'Of the one who began the conversation. What is said later is not shown by it, nor what tools were given and gave. The address is told this once.',
  tag,
  auth: 'chat.write',
  audit: 'conversation.share',
  params,
  responses: { 201: shareLink },
  handler: async ({ principal, params: { id }, request, note }, { db, config }) => {
    const { leaf, title } = await findOwnConversation(principal, id, { db });
    if (leaf === undefined) throw new ApiProblem('message-empty');
    const token = randomToken();
    const link = await db.inWorkspace(principal.workspace, ({ chat }) =>
      chat.shareLinks.create({
        conversation: id,
        leaf,
        tokenHash: hashToken(token),
        createdBy: personOf(principal),
      }),
    );
    note({ resource: { type: 'conversation', id, name: title } });
    return { status: 201, body: { ...link, url: `${publicUrl(config, request)}/share/${token}` } };
  },
});

export const list = defineRoute({
  method: 'get',
  path: '/conversations/:id/share-links',
  summary: 'List the links that still work',
  tag,
  auth: 'chat.read',
  params,
  responses: { 200: shareLinkList },
  handler: async ({ principal, params: { id } }, deps) => {
    await findOwnConversation(principal, id, deps);
    const items = await deps.db.inWorkspace(principal.workspace, ({ chat }) => chat.shareLinks.list(id));
    return { status: 200, body: { items } };
  },
});

export const revoke = defineRoute({
  method: 'delete',
  path: '/conversations/:id/share-links/:link',
  summary: 'End a link',
  tag,
  auth: 'chat.write',
  audit: 'conversation.unshare',
  params: z.object({ id: z.string(), link: z.string() }),
  responses: { 204: null },
  handler: async ({ principal, params: { id, link }, note }, deps) => {
    const { mine, title } = await findConversation(principal, id, deps);
    const links = await deps.db.inWorkspace(principal.workspace, ({ chat }) => chat.shareLinks.list(id));
    if (!links.some((one) => one.id === link)) throw notFound('link');
    if (!mine) throw new ApiProblem('conversation-not-yours');
    await deps.db.inWorkspace(principal.workspace, ({ chat }) => chat.shareLinks.revoke(id, link));
    note({ resource: { type: 'conversation', id, name: title } });
    return { status: 204 };
  },
});

export const shared = defineRoute({
  method: 'post',
  path: '/shared',
  summary: 'What a link shows',
  description: 'The token of its address, which no log of requests should have.',
  tag,
  auth: 'none',
  audit: false,
  body: openShared,
  responses: { 200: sharedConversation },
  handler: async ({ body: { token } }, deps) => {
    const link = await findShared(token, deps);
    const about = await deps.db.inWorkspace(link.workspace, ({ chat }) =>
      chat.conversations.ownerOf(link.conversation),
    );
    if (!about) throw new ApiProblem('link-gone');
    const messages = [];
    for await (const message of sharedMessages(link, deps)) messages.push(message);
    return { status: 200, body: { title: about.title, messages }, headers: { 'cache-control': 'no-store' } };
  },
});

export const attachment = defineRoute({
  method: 'get',
  path: '/shared/attachments',
  summary: 'An attached picture of a shared conversation',
  description:
    'By the address that the conversation gives: for five minutes, unless its link is ended before.',
  tag,
  auth: 'none',
  query: z.object({ link: z.string().max(1_000).default('') }),
  responses: { 200: streamed, 206: streamed },
  handler: async ({ query: { link }, request }, deps) => {
    const to = await readAttachmentLink(deps.db, link);
    if (!to || !(await deps.db.asSystem(({ shareLinks }) => shareLinks.works(to.share))))
      throw new ApiProblem('file-link-over');
    const { key, name } = await shownAttachment(deps, to);
    const file = { key, fileName: `${name}.webp`, mimeType: 'image/webp', inline: true };
    return fileReply(deps.objects.store, file, request);
  },
});
