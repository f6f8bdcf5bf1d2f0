import { describe, expect, it } from '@jest/globals';
import { meantBy, type NamedModels, shownNames, slugOf } from './model-names.ts';

const known: NamedModels = {
  agents: [
    { id: '01A', name: 'Suporte à venda' },
    { id: '01B', name: 'Twin' },
    { id: '01C', name: 'twin!' },
    { id: '01D', name: '…' },
  ],
  chains: [{ id: '01E', name: 'Careful' }],
  providers: [
    { id: '01F', name: 'Open Router' },
    { id: 'sandbox', name: 'Sandbox' },
  ],
};

it.each([
  ['Suporte à venda', 'suporte-a-venda'],
  ['  GPT 4 / fast ', 'gpt-4-fast'],
  ['日本語', '日本語'],
  ['…', ''],
])('%j becomes %j', (name, slug) => expect(slugOf(name)).toBe(slug));

it('shows names where they are clear, else ids', () => {
  expect([...shownNames(known.agents).values()]).toEqual(['suporte-a-venda', '01B', '01C', '01D']);
});

describe('meantBy', () => {
  it.each([
    ['agent:suporte-a-venda', { kind: 'agent', agent: '01A' }],
    ['agent:01B', { kind: 'agent', agent: '01B' }],
    ['chain:careful', { kind: 'model', choice: { kind: 'chain', chain: '01E' } }],
    ['chain:01E', { kind: 'model', choice: { kind: 'chain', chain: '01E' } }],
    ['default', { kind: 'model', choice: { kind: 'default' } }],
    [
      'open-router/meta/llama-3:8b',
      { kind: 'model', choice: { kind: 'model', entry: { provider: '01F', model: 'meta/llama-3:8b' } } },
    ],
    [
      'model:sandbox:sandbox',
      { kind: 'model', choice: { kind: 'model', entry: { provider: 'sandbox', model: 'sandbox' } } },
    ],
  ])('reads %j', (name, meant) => expect(meantBy(name, known)).toEqual(meant));

  it('knows no default for who may ask no models', () =>
    expect(meantBy('default', { ...known, chains: [], providers: [] })).toBeUndefined());

  it.each([
    'agent:twin',
    'agent:',
    'agent:nobody',
    'chain:nobody',
    'gpt-4o',
    'nobody/gpt-4o',
    'sandbox/',
    '/x',
  ])('knows no %j', (name) => expect(meantBy(name, known)).toBeUndefined());
});
