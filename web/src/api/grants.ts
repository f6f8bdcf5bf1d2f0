/** With whom one thing is shared, and how far. */
import type { z } from 'zod';
import type { Grant, putGrant } from '../../../contracts/api/workspaces.ts';
import { request } from './client.ts';
import { useChange } from './use-change.ts';
import { useList } from './use-list.ts';

/** What can be shared, as the API's addresses name it. */
export interface SharedThing {
  collection: 'automations' | 'agents' | 'knowledge-bases' | 'credentials';
  id: string;
}

const grantsKey = ({ collection, id }: SharedThing) => ['grants', collection, id];
const at = ({ collection, id }: SharedThing) => `/${collection}/${encodeURIComponent(id)}/grants`;

export const useGrants = (thing: SharedThing) => useList<Grant>(grantsKey(thing), at(thing));
/** A grantee has one level: the last one given. */
export const usePutGrant = (thing: SharedThing) =>
  useChange((body: z.input<typeof putGrant>) => request<Grant>('PUT', at(thing), { body }), grantsKey(thing));
export const useRemoveGrant = (thing: SharedThing) =>
  useChange(
    (id: string) => request<void>('DELETE', `${at(thing)}/${encodeURIComponent(id)}`),
    grantsKey(thing),
  );
