/** What the protocol's client throws, as people can understand it. */
import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { text } from '../../contracts/text.ts';
import { cutAtWord } from '../cut-at-word.ts';
import { OutboundError } from '../guard/index.ts';
import { McpFailure } from './mcp-failure.ts';

/** @param name of the server, as messages call it */
export function failureOf(error: unknown, name: string): McpFailure | OutboundError {
  if (error instanceof McpFailure || error instanceof OutboundError) return error;
  if (error instanceof McpError) return protocolFailure(error, name);
  if (error instanceof StreamableHTTPError) return httpFailure(error, name);
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return unreachable(name, code);
  return noServer(name);
}

/** The session that a connection had is not known any more: a new connection gets another one, and nothing was called. */
export function isSessionGone(error: unknown): boolean {
  return error instanceof StreamableHTTPError && error.code === 404;
}

/** Who asks is not let in: another token may be. */
export function isUnauthorized(error: unknown): boolean {
  return error instanceof StreamableHTTPError && error.code === 401;
}

function protocolFailure({ code, message }: McpError, name: string): McpFailure {
  if (code === ErrorCode.RequestTimeout)
    return new McpFailure(
      'mcp-timeout',
      text(`"${name}" did not answer in time.`, `"${name}" não respondeu a tempo.`),
      text(
        'Try again; if it stays, the server is overloaded, or this takes longer than is allowed.',
        'Tente de novo; se continuar, o servidor está sobrecarregado, ou isto leva mais tempo que o permitido.',
      ),
      { passes: true },
    );
  if (code === ErrorCode.ConnectionClosed) return ended(name);
  // The client puts "MCP error -32602: " in front.
  const said = cutAtWord(message.replace(/^MCP error -?\d+: /, ''), 500);
  return new McpFailure(
    'mcp-error',
    text(`"${name}" answered with an error: ${said}`, `"${name}" respondeu com um erro: ${said}`),
    text(
      'Correct the arguments, or ask whoever runs the server.',
      'Corrija os argumentos ou pergunte a quem mantém o servidor.',
    ),
  );
}

export function ended(name: string): McpFailure {
  return new McpFailure(
    'mcp-ended',
    text(
      `"${name}" ended the connection before it answered.`,
      `"${name}" encerrou a conexão antes de responder.`,
    ),
    text(
      'Try again; if it stays, look at the log of the server.',
      'Tente de novo; se continuar, veja o log do servidor.',
    ),
    { passes: true },
  );
}

function httpFailure({ code, message }: StreamableHTTPError, name: string): McpFailure {
  const status = code ?? 0;
  if (status === 401 || status === 403)
    return new McpFailure(
      'mcp-refused',
      text(`"${name}" does not let us in (${status}).`, `"${name}" não nos deixa entrar (${status}).`),
      text(
        'Choose a credential that it accepts, or check the one that is chosen.',
        'Escolha uma credencial que ele aceite, ou confira a escolhida.',
      ),
    );
  if (status >= 300 && status < 400)
    return new McpFailure(
      'mcp-redirected',
      text(`"${name}" sends us on to another address.`, `"${name}" nos manda para outro endereço.`),
      text(
        'Give the final address: we take nothing along to a host that nobody has chosen.',
        'Informe o endereço final: não levamos nada a um servidor que ninguém escolheu.',
      ),
    );
  if (status < 200 || status === 404 || status === 405 || status === 406 || status === 415)
    return noServer(name);
  const why = cutAtWord(message.replace(/^Streamable HTTP error: /, ''), 200);
  return new McpFailure(
    'mcp-http-error',
    text(`"${name}" answered ${status}. ${why}`, `"${name}" respondeu ${status}. ${why}`),
    text(
      'Try again; if it stays, look at the log of the server.',
      'Tente de novo; se continuar, veja o log do servidor.',
    ),
    { passes: status === 429 || status >= 500 },
  );
}

function unreachable(name: string, code: string): McpFailure {
  return new McpFailure(
    'mcp-unreachable',
    text(`"${name}" can't be reached (${code}).`, `"${name}" não pode ser alcançado (${code}).`),
    text(
      'Check its address, and whether the server runs.',
      'Confira o endereço e se o servidor está rodando.',
    ),
    { passes: true },
  );
}

function noServer(name: string): McpFailure {
  return new McpFailure(
    'mcp-no-server',
    text(`What "${name}" answers is not MCP.`, `O que "${name}" responde não é MCP.`),
    text(
      'Check the address: it is that of the MCP endpoint (often ends with /mcp), over streamable HTTP.',
      'Confira o endereço: é o do ponto MCP (costuma terminar em /mcp), por HTTP com streaming.',
    ),
  );
}
