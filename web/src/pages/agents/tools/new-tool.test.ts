import { expect, it } from '@jest/globals';
import { agentDefinition } from '../../../../../contracts/agents/agent.ts';
import type { ToolKind } from '../../../../../contracts/agents/tool.ts';
import { freeName, newTool } from './new-tool.ts';

it('makes tools of every kind that a draft can hold together, twice over', () => {
  const kinds: ToolKind[] = [
    'automation',
    'http',
    'code',
    'web-fetch',
    'files',
    'knowledge',
    'agent',
    'ask-human',
    'mcp',
  ];
  const tools: ReturnType<typeof newTool>[] = [];
  for (const kind of [...kinds, ...kinds])
    tools.push(
      newTool(
        kind,
        tools.map(({ name }) => name),
      ),
    );
  expect(agentDefinition.parse({ tools }).tools).toEqual(tools);
});

it('asks before an automation or a service is called, until somebody says otherwise', () => {
  expect(newTool('automation', []).approval).toBe('ask');
  expect(newTool('http', []).approval).toBe('ask');
  expect(newTool('mcp', []).approval).toBe('ask');
});

it('finds a name that is free and not too long', () => {
  expect(freeName('files', ['files', 'files_2'])).toBe('files_3');
  expect(freeName('x'.repeat(64), ['x'.repeat(64)])).toHaveLength(62);
});
