/**
 * Environment for a Node process that serves: keeps memory small. Measured under W1 with 50 callers: 758 → 532 MB at the same
 * throughput. glibc gives every thread of Temporal's core an arena of its own, and V8 lets its nursery grow to 16 MB a thread.
 *
 * @param {Record<string, string | undefined>} env what the person set wins
 * @returns {Record<string, string | undefined>}
 */
export function serverEnv(env = process.env) {
  return {
    ...env,
    MALLOC_ARENA_MAX: env.MALLOC_ARENA_MAX ?? '2',
    NODE_OPTIONS: `--max-semi-space-size=8 ${env.NODE_OPTIONS ?? ''}`.trim(),
  };
}
