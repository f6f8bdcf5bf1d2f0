import { expect, it } from '@jest/globals';
import { mcpConfiguration } from './mcp-configuration.ts';

it('names our endpoint', () => {
  expect(JSON.parse(mcpConfiguration('https://hiviex.test/mcp')).mcpServers.hiviex.url).toBe(
    'https://hiviex.test/mcp',
  );
});
