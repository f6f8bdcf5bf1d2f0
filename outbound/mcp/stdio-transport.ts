/** A program on this machine as an MCP server: only what the operator allows, with nothing of our environment. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { StdioClientTransport, type StdioServerParameters } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { McpCommands } from '../../contracts/mcp/mcp-server.ts';
import { text } from '../../contracts/text.ts';
import { McpFailure } from './mcp-failure.ts';

const keeper = fileURLToPath(new URL('./stdio-keeper.ts', import.meta.url));
/** Bytes of one message. */
const maxBufferSize = 8_000_000;
/** Characters. */
const mostWords = 4_000;

export interface StdioOptions {
  /** The name under which the operator allows it. */
  command: string;
  commands: McpCommands;
  /** Where it is started and what `{folder}` stands for: of one server of one workspace. Made when it is not there. */
  folder: string;
}

/** Keeps what the program last wrote to stderr; nobody reads the rest, and a full pipe would stop the program. */
export class StdioTransport extends StdioClientTransport {
  lastWords = '';

  constructor(server: StdioServerParameters) {
    super({ ...server, stderr: 'pipe', maxBufferSize });
    this.stderr?.on('data', (chunk: Buffer) => {
      this.lastWords = (this.lastWords + chunk.toString()).slice(-mostWords);
    });
  }
}

/** @throws McpFailure `mcp-command-not-allowed` */
export function createStdioTransport({ command: name, commands, folder }: StdioOptions): StdioTransport {
  const allowed = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!allowed) throw notAllowed(name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const placed = (value: string) => value.replaceAll('{folder}', folder);
  const own = Object.entries(allowed.env).map(([key, value]) => [key, placed(value)]);
  return new StdioTransport({
    command: process.execPath,
    args: [keeper, placed(allowed.command), ...allowed.args.map(placed)],
    // The client would add HOME, USER and the like of ours; what it must not have is named here.
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      USER: '',
      LOGNAME: '',
      SHELL: '',
      ...Object.fromEntries(own),
    },
    cwd: folder,
  });
}

function notAllowed(name: string): McpFailure {
  return new McpFailure(
    'mcp-command-not-allowed',
    text(`The program "${name}" may not be used here.`, `O programa "${name}" não pode ser usado aqui.`),
    text(
      'Choose another one, or ask the operator to allow it with HIVIEX_MCP_COMMANDS.',
      'Escolha outro, ou peça ao operador que o permita com HIVIEX_MCP_COMMANDS.',
    ),
  );
}
