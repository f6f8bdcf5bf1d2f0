/** The rooms of Socket.IO: who a socket is, and what it hears. */
import { can, grantMatters } from '../../contracts/access/can.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { toldEvents } from './events.ts';

type Told = keyof typeof toldEvents;

/** Told to whoever is in the room, by what their person may do; `run:events` has a room per run instead. */
const broadcast = (Object.keys(toldEvents) as Told[]).filter((event) => event !== 'run:events');

export const runRoom = (run: string) => `run:${run}`;
export const chatRoom = (conversation: string) => `chat:${conversation}`;
export const sessionRoom = (session: string) => `session:${session}`;
export const keyRoom = (key: string) => `key:${key}`;
export const workspaceRoom = (workspace: string) => `workspace:${workspace}`;
export const personRoom = (workspace: string, user: string) => `person:${workspace}:${user}`;
const allRoom = (event: Told, workspace: string) => `hears:${event}:${workspace}`;
const sharedRoom = (event: Told, workspace: string, automation: string) =>
  `hears:${event}:${workspace}:${automation}`;

/** By these a socket is found when its session, its key or its person's rights change. */
export function identityRooms(principal: WorkspacePrincipal): string[] {
  const { workspace, user } = principal;
  return [
    workspaceRoom(workspace),
    ...(user === undefined ? [] : [personRoom(workspace, user)]),
    principal.by === 'session' ? sessionRoom(principal.session) : keyRoom(principal.key),
  ];
}

/** Where an event about one automation is told. */
export function audienceOf(event: Told, workspace: string, automation: string): string[] {
  return [allRoom(event, workspace), sharedRoom(event, workspace, automation)];
}

/** Where news of a conversation are told: to all of the workspace who may read what is open, or to its owner. */
export function chatAudienceOf(
  workspace: string,
  { owner, isOpen }: { owner: string; isOpen: boolean },
): string {
  return isOpen ? allRoom('chat:changed', workspace) : roomOfPerson(workspace, owner);
}

/** @param person `user:<id>` or `key:<id>` */
export function roomOfPerson(workspace: string, person: string): string {
  const [kind, id = ''] = person.split(':');
  return kind === 'user' ? personRoom(workspace, id) : keyRoom(id);
}

export function isHearingRoom(room: string): boolean {
  return room.startsWith('hears:');
}

/** The rooms of what the principal may hear. */
export async function hearingRooms(
  principal: WorkspacePrincipal,
  { db }: Pick<ApiDeps, 'db'>,
): Promise<Set<string>> {
  const { workspace, user } = principal;
  const rooms = new Set<string>();
  for (const event of broadcast) if (can(principal, toldEvents[event])) rooms.add(allRoom(event, workspace));
  const byGrant = broadcast.filter((event) => grantMatters(principal, toldEvents[event]));
  if (user === undefined || byGrant.length === 0) return rooms;
  const shared = await db.inWorkspace(workspace, ({ grants }) => grants.sharedWith(user, 'automation'));
  for (const [automation, level] of shared)
    for (const event of byGrant)
      if (can(principal, toldEvents[event], { type: 'automation', level }))
        rooms.add(sharedRoom(event, workspace, automation));
  return rooms;
}
