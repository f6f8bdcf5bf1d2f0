/** Pictures that messages name by an address: which of them are shown, by which path, and the hosts that a workspace allows. */
import type { z } from 'zod';
import {
  openedPictures,
  openPictures,
  openSharedPictures,
  pictureHosts,
} from '../../contracts/api/pictures.ts';
import { textOf } from '../../contracts/chat/message.ts';
import { allowsHost } from '../../contracts/credentials/allowed-hosts.ts';
import { signPictureLink } from '../../runs/links/picture-link.ts';
import { findShared, shownMessages } from '../chat/shared-messages.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'pictures';

export const getHosts = defineRoute({
  method: 'get',
  path: '/workspace/picture-hosts',
  summary: 'Hosts whose pictures are shown without asking',
  tag,
  auth: 'workspace.view',
  responses: { 200: pictureHosts },
  handler: async ({ principal }, deps) => ({
    status: 200,
    body: { hosts: await hostsOf(principal.workspace, deps) },
  }),
});

export const setHosts = defineRoute({
  method: 'put',
  path: '/workspace/picture-hosts',
  summary: 'Change the hosts whose pictures are shown without asking',
  description:
    'A model may write what it has read into the address of a picture: name hosts only whose owners may have it. Links that were made before stay good for a day or two.',
  tag,
  auth: 'workspace.edit',
  audit: 'workspace.picture-hosts',
  body: pictureHosts,
  responses: { 200: pictureHosts },
  handler: async ({ principal, body: { hosts }, note }, deps) => {
    const before = await hostsOf(principal.workspace, deps);
    await deps.db.asSystem(({ workspaces }) => workspaces.setPictureHosts(principal.workspace, hosts));
    note({ before: { hosts: before }, after: { hosts } });
    return { status: 200, body: { hosts } };
  },
});

export const open = defineRoute({
  method: 'post',
  path: '/pictures',
  summary: 'Paths on this server that show pictures of other hosts',
  description:
    'Of allowed hosts only, unless a person has asked for these pictures (`load`). Nothing is fetched before the path is opened.',
  tag,
  auth: 'chat.read',
  limit: 'read',
  audit: false,
  body: openPictures,
  responses: { 200: openedPictures },
  handler: async ({ principal: { workspace }, body: { urls, load } }, deps) => ({
    status: 200,
    body: await openedOf(urls, { workspace, load }, deps),
  }),
});

export const openShared = defineRoute({
  method: 'post',
  path: '/shared/pictures',
  summary: 'Paths that show pictures of a shared conversation',
  description: 'Of allowed hosts, and only of those that the conversation names.',
  tag,
  auth: 'none',
  limit: 'read',
  audit: false,
  body: openSharedPictures,
  responses: { 200: openedPictures },
  handler: async ({ body: { token, urls } }, deps) => {
    const link = await findShared(token, deps);
    const { workspace } = link;
    const named = new Set<string>();
    for await (const { parts } of shownMessages(link, deps))
      for (const [address] of textOf(parts).matchAll(/https?:\/\/[^\s<>"')\]]+/gi))
        named.add(URL.parse(address)?.href ?? '');
    const { items } = await openedOf(urls, { workspace, load: false }, deps);
    return {
      status: 200,
      body: { items: items.map((item) => (named.has(item.url) ? item : { url: item.url })) },
    };
  },
});

async function hostsOf(workspace: string, { db }: Pick<ApiDeps, 'db'>): Promise<string> {
  const hosts = await db.asSystem(({ workspaces }) => workspaces.pictureHosts(workspace));
  if (hosts === undefined) throw notFound('workspace');
  return hosts;
}

async function openedOf(
  urls: readonly string[],
  { workspace, load }: { workspace: string; load: boolean },
  { db }: Pick<ApiDeps, 'db'>,
): Promise<z.output<typeof openedPictures>> {
  const hosts = await hostsOf(workspace, { db });
  const isShown = (url: string) => load || (hosts !== '' && allowsHost(hosts, new URL(url)));
  const opened = async (url: string) =>
    isShown(url) ? { url, src: `/pictures/${await signPictureLink(db, { workspace, url })}` } : { url };
  return { items: await Promise.all(urls.map(opened)) };
}
