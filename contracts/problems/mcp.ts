/** MCP servers that a workspace uses. */
import { text } from '../text.ts';
import type { ProblemKind } from './problem-kind.ts';

export const mcpProblems = {
  'mcp-tools-changed': {
    status: 409,
    title: text(
      'The server describes these tools otherwise by now: {tools}.',
      'O servidor já descreve estas ferramentas de outro modo: {tools}.',
    ),
    next: text('Read what it says now, and approve that.', 'Leia o que ele diz agora e aprove isso.'),
  },
  'mcp-command-unknown': {
    status: 422,
    title: text(
      'The program "{command}" may not be used here.',
      'O programa "{command}" não pode ser usado aqui.',
    ),
    next: text(
      'Choose one of GET /mcp-commands, or ask the operator to allow it with HIVIEX_MCP_COMMANDS.',
      'Escolha um de GET /mcp-commands, ou peça ao operador que o permita com HIVIEX_MCP_COMMANDS.',
    ),
  },
} as const satisfies Record<string, ProblemKind>;
