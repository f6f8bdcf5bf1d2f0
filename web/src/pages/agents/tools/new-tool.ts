/** A tool as it is when it is added: what the contract leaves out is left out, and its name is free. */
import { type Tool, type ToolKind, tool } from '../../../../../contracts/agents/tool.ts';

const firstName: Record<ToolKind, string> = {
  automation: 'run_automation',
  http: 'call_service',
  code: 'compute',
  'web-fetch': 'read_page',
  files: 'files',
  knowledge: 'search_documents',
  agent: 'ask_agent',
  'ask-human': 'ask_person',
  mcp: 'mcp',
};

/** What each kind needs besides. What touches the world asks first: the person takes that away when they trust it. */
const beginnings: { [Kind in ToolKind]: Partial<Extract<Tool, { kind: Kind }>> } = {
  automation: { automation: '', approval: 'ask' },
  http: { method: 'GET', url: 'https://example.com/', approval: 'ask' },
  code: {
    code: 'return { sum: $json.a + $json.b };',
    parameters: {
      type: 'object',
      properties: { a: { type: 'number' }, b: { type: 'number' } },
      required: ['a', 'b'],
    },
  },
  'web-fetch': { hosts: ['example.com'] },
  files: {},
  knowledge: {},
  agent: { agent: '' },
  'ask-human': {},
  mcp: { server: '', approval: 'ask' },
};

export function newTool(kind: ToolKind, taken: readonly string[]): Tool {
  return tool.parse({ ...beginnings[kind], kind, name: freeName(firstName[kind], taken) });
}

export function freeName(wish: string, taken: readonly string[]): string {
  if (!taken.includes(wish)) return wish;
  for (let number = 2; ; number += 1) {
    const name = `${wish.slice(0, 60)}_${number}`;
    if (!taken.includes(name)) return name;
  }
}
