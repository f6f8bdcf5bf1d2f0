import { createHash } from 'node:crypto';
import type { GatePlace } from '../../contracts/gates.ts';

/** `gate:<workspace>:<automation>:<node>:<hash of the key>`: a key is the sender's data, and may be long or private. */
export function gateIdOf({ workspace, automation, node }: Omit<GatePlace, 'kind'>, key: string): string {
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return `gate:${workspace}:${automation}:${node}:${hash}`;
}
