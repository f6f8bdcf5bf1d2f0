/** How each effect node is called. Its work is an activity of the same name (`activities/effects.ts`). */

export interface EffectSpec {
  /** One activity per item, or one for all items. */
  calls: 'perItem' | 'once';
  /** Parameters (resolved) under which doing it twice does no harm. */
  repeatable(parameters: Record<string, unknown>): boolean;
  /** Items worked on at the same time. */
  concurrency(parameters: Record<string, unknown>): number;
  /** Milliseconds an attempt may take when the node does not say. */
  defaultTimeoutMs: number;
  /** Parameters are handed over as written: the activity reads expressions' data itself (code). */
  wantsNodes: boolean;
}

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

export const effects: Record<string, EffectSpec | undefined> = {
  'http-request': {
    calls: 'perItem',
    repeatable: ({ method, idempotent }) => idempotent === true || safeMethods.includes(String(method)),
    concurrency: ({ concurrency }) => Number(concurrency),
    defaultTimeoutMs: 300_000,
    wantsNodes: false,
  },
  code: {
    calls: 'once',
    repeatable: () => true,
    concurrency: () => 1,
    defaultTimeoutMs: 120_000,
    wantsNodes: true,
  },
};
