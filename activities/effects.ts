/** Every effect by node type. A new one is one folder and one line here; the node type is its Temporal activity type. */
import { createCodeEffect } from './code/code.ts';
import { createCryptoEffect } from './crypto/crypto.ts';
import type { Effect, EffectSettings } from './effect.ts';
import { createEmitEventEffect } from './events/emit-event.ts';
import { createHttpRequestEffect } from './http/http-request.ts';
import { createDataTableEffect } from './stores/data-table.ts';
import { createKeyValueEffect } from './stores/key-value.ts';
import { createRemoveSeenEffect } from './stores/remove-seen.ts';
import { createTransformEffect } from './transforms/transform-effect.ts';

export const effectFactories = {
  'http-request': createHttpRequestEffect,
  code: createCodeEffect,
  'data-table': createDataTableEffect,
  'key-value': createKeyValueEffect,
  'remove-seen': createRemoveSeenEffect,
  html: (settings) =>
    createTransformEffect('html', settings, ({ operation }) => (operation === 'table' ? 'list' : 'each')),
  xml: (settings) => createTransformEffect('xml', settings),
  markdown: (settings) => createTransformEffect('markdown', settings),
  crypto: createCryptoEffect,
  'emit-event': createEmitEventEffect,
} satisfies Record<string, (settings: EffectSettings) => Effect>;

export type EffectName = keyof typeof effectFactories;
