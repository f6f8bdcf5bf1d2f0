/** Every effect by node type. A new one is one folder and one line here; the node type is its Temporal activity type. */
import { createCodeEffect } from './code/code.ts';
import type { Effect, EffectSettings } from './effect.ts';
import { createHttpRequestEffect } from './http/http-request.ts';

export const effectFactories = {
  'http-request': createHttpRequestEffect,
  code: createCodeEffect,
} satisfies Record<string, (settings: EffectSettings) => Effect>;

export type EffectName = keyof typeof effectFactories;
