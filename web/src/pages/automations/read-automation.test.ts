import { describe, expect, it } from '@jest/globals';
import { readAutomation } from './read-automation.ts';

const nodes = [{ id: 'start', name: 'Start', type: 'manual-trigger', position: { x: 0, y: 0 } }];

describe('An automation from a file', () => {
  it('is what was exported, with its name', () => {
    const file = JSON.stringify({
      name: 'Orders',
      description: 'From the shop',
      draft: { nodes, edges: [] },
    });
    expect(readAutomation(file, 'x.json')).toMatchObject({
      name: 'Orders',
      description: 'From the shop',
      draft: { nodes: [{ id: 'start', type: 'manual-trigger' }] },
    });
  });

  it('is a graph alone, named as its file', () => {
    expect(readAutomation(JSON.stringify({ nodes, edges: [] }), 'version-3.json')).toMatchObject({
      name: 'version-3',
      draft: { nodes: [{ id: 'start' }] },
    });
  });

  it.each([
    '',
    'no JSON',
    '7',
    'null',
    '[]',
    '{}',
    '{"name":"Orders"}',
    '{"nodes":[{"name":"an n8n node"}]}',
  ])('is not %j', (text) => expect(readAutomation(text, 'x.json')).toBeUndefined());
});
