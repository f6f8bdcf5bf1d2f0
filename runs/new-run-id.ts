/** ULIDs for runs: sortable by time. Random bytes are drawn many at a time; `ulid` alone asks the system for each character. */
import { randomFillSync } from 'node:crypto';
import { ulid } from 'ulid';

const pool = new Uint8Array(4_096);
let used = pool.length;

export function newRunId(): string {
  return ulid(undefined, random);
}

/** 0 ≤ n < 1, as `ulid` wants it: 8 bits are enough for the 32 letters it chooses from. */
function random(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const byte = pool[used]!;
  used += 1;
  return byte / 256;
}
