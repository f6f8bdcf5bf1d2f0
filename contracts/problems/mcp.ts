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
  'mcp-not-connectable': {
    status: 409,
    title: text(
      'Nobody connects to this server as themselves.',
      'Ninguém se conecta a este servidor em nome próprio.',
    ),
    next: text(
      'Let each person connect for themselves in the settings of the server, if it asks for that.',
      'Deixe cada pessoa se conectar em nome próprio nas configurações do servidor, se ele pedir isso.',
    ),
  },
  'mcp-no-agreement': {
    status: 502,
    title: text(
      'The server does not say where to agree: {reason}',
      'O servidor não diz onde autorizar: {reason}',
    ),
    next: text(
      'It has to offer OAuth with dynamic registration of clients. Otherwise use a credential of the workspace.',
      'Ele precisa oferecer OAuth com registro dinâmico de clientes. Caso contrário, use uma credencial do workspace.',
    ),
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
