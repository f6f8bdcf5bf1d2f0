import type { RunFilter } from '../../db/index.ts';

type Choice = { name: string; filter: RunFilter };

/** Each kind of filter with nothing, something frequent and something rare. */
const automations: Choice[] = [
  { name: '', filter: {} },
  { name: 'big automation', filter: { automation: 'automation-0' } },
  { name: 'small automation', filter: { automation: 'automation-199' } },
];
const states: Choice[] = [
  { name: '', filter: {} },
  { name: 'succeeded', filter: { state: 'succeeded' } },
  { name: 'failed', filter: { state: 'failed' } },
  { name: 'running', filter: { state: 'running' } },
];
const triggers: Choice[] = [
  { name: '', filter: {} },
  { name: 'webhook', filter: { trigger: 'webhook' } },
  { name: 'mail', filter: { trigger: 'mail' } },
];
const versions: Choice[] = [
  { name: '', filter: {} },
  { name: 'version', filter: { version: 'automation-0-v3' } },
];
const times: Choice[] = [
  { name: '', filter: {} },
  { name: 'a day', filter: { from: '2026-01-20T00:00:00.000Z', to: '2026-01-21T00:00:00.000Z' } },
  { name: 'long ago', filter: { to: '2026-01-02T00:00:00.000Z' } },
];

export function filterCombinations(): Choice[] {
  const combined = [automations, states, triggers, versions, times].reduce<Choice[]>(
    (before, choices) =>
      before.flatMap((left) =>
        choices.map((right) => ({
          name: [left.name, right.name].filter(Boolean).join(', '),
          filter: { ...left.filter, ...right.filter },
        })),
      ),
    [{ name: '', filter: {} }],
  );
  return [
    ...combined.map(({ name, filter }) => ({ name: name || 'none', filter })),
    { name: 'id', filter: { id: 'R000000012345' } },
    { name: 'retry of', filter: { retryOf: 'R000000012345' } },
  ];
}
