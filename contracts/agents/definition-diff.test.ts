import { describe, expect, it } from '@jest/globals';
import { agentDefinition } from './agent.ts';
import { diffDefinitions, isSameDefinition } from './definition-diff.ts';

const code = (name: string, more: object = {}) => ({ kind: 'code', name, code: 'return 1', ...more });

describe('diffDefinitions', () => {
  it('finds nothing in the same, whatever the order of tools', () => {
    const one = agentDefinition.parse({ tools: [code('a'), code('b')] });
    const other = agentDefinition.parse({ tools: [code('b'), code('a')] });
    expect(isSameDefinition(diffDefinitions(one, other))).toBe(true);
  });

  it('says what came, went and changed, by the names of parts and field by field', () => {
    const before = agentDefinition.parse({
      instructions: 'Be kind.',
      tools: [code('sum'), code('gone')],
      variables: [{ name: 'shop', value: 'Harbour' }],
      limits: { steps: 10 },
    });
    const after = agentDefinition.parse({
      instructions: 'Be brief.',
      tools: [code('sum', { approval: 'ask' }), code('new')],
      variables: [{ name: 'shop', value: 'Pier' }],
      starts: [{ id: 'a', kind: 'event', trigger: { name: 'order.paid' }, message: 'Go.' }],
      limits: { steps: 20 },
      model: 'model:p:big',
    });
    expect(diffDefinitions(before, after)).toEqual({
      instructions: { before: 'Be kind.', after: 'Be brief.' },
      parts: [
        {
          ...{ part: 'tools', kind: 'changed', name: 'sum' },
          fields: [{ field: 'approval', before: 'allow', after: 'ask' }],
        },
        { part: 'tools', kind: 'added', name: 'new', fields: [] },
        { part: 'tools', kind: 'removed', name: 'gone', fields: [] },
        {
          ...{ part: 'variables', kind: 'changed', name: 'shop' },
          fields: [{ field: 'value', before: 'Harbour', after: 'Pier' }],
        },
        { part: 'starts', kind: 'added', name: 'order.paid', fields: [] },
      ],
      fields: [
        { field: 'model', before: '', after: 'model:p:big' },
        { field: 'limits.steps', before: 10, after: 20 },
      ],
    });
  });
});
