/**
 * Every error answer is a problem of `contracts/problems.ts`, as `application/problem+json`, in the language of the caller.
 * `throw new ApiProblem('…')` anywhere below a route; anything else that is thrown is logged under an id and answered as
 * `internal`, so that no stack, query or secret ever leaves the process.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  isGrpcServiceError,
  ServiceError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { Logger } from 'pino';
import { describeProblem, type Problem, type ProblemCode, type ProblemError } from '../contracts/problems.ts';
import { type Language, type Text, text } from '../contracts/text.ts';
import type { GraphProblem } from '../contracts/validate-graph.ts';
import { StoreRefusal, VaultError, type VaultErrorCode } from '../db/index.ts';
import { sendRefusal } from './send-refusal.ts';

/** A field error whose message may still be in every language. */
export type FieldError = Omit<ProblemError, 'message'> & { message: string | Text };

export interface ProblemExtras {
  errors?: readonly FieldError[];
  /** The run this is about: its id helps the caller to find out what became of it. */
  run?: string;
  /** Where to find more, e.g. the id under which the log has the details. */
  instance?: string;
  headers?: Readonly<Record<string, string>>;
}

export class ApiProblem extends Error {
  readonly code: ProblemCode;
  readonly values: Readonly<Record<string, string | number | Text>>;
  readonly extras: ProblemExtras;

  constructor(
    code: ProblemCode,
    values: Record<string, string | number | Text> = {},
    extras: ProblemExtras = {},
  ) {
    super(code);
    this.name = 'ApiProblem';
    this.code = code;
    this.values = values;
    this.extras = extras;
  }
}

const nouns = {
  automation: text('automation', 'automação'),
  agent: text('agent', 'agente'),
  knowledge: text('knowledge base', 'base de conhecimento'),
  document: text('document', 'documento'),
  version: text('version', 'versão'),
  run: text('run', 'execução'),
  node: text('node', 'nó'),
  step: text('step', 'passo'),
  job: text('job', 'tarefa'),
  address: text('address', 'endereço'),
  workspace: text('workspace', 'workspace'),
  member: text('member', 'membro'),
  invitation: text('invitation', 'convite'),
  group: text('group', 'grupo'),
  grant: text('share', 'compartilhamento'),
  key: text('API key', 'chave de API'),
  credential: text('credential', 'credencial'),
  variable: text('variable', 'variável'),
  event: text('event', 'evento'),
  delivery: text('delivery', 'entrega'),
  session: text('session', 'sessão'),
  table: text('table', 'tabela'),
  column: text('column', 'coluna'),
  row: text('row', 'linha'),
  storedKey: text('key', 'chave'),
  file: text('file', 'arquivo'),
  approval: text('approval', 'aprovação'),
  provider: text('provider', 'provedor'),
  mcpServer: text('MCP server', 'servidor MCP'),
  chain: text('chain', 'cadeia'),
  budget: text('budget', 'orçamento'),
  conversation: text('conversation', 'conversa'),
  message: text('message', 'mensagem'),
  link: text('link', 'link'),
} as const;

/** The 404 for a thing that is absent or belongs to somebody else: the two must look the same. */
export function notFound(what: keyof typeof nouns): ApiProblem {
  return new ApiProblem('not-found', { what: nouns[what] });
}

/** What the store refuses is a problem of the caller's. */
export async function refusable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StoreRefusal) throw new ApiProblem(error.code, error.values);
    throw error;
  }
}

export function invalidGraph(problems: readonly GraphProblem[]): ApiProblem {
  const errors = problems
    .filter(({ severity }) => severity === 'error')
    .map(({ message, field, code, node, nodeName, edge }) => ({
      message,
      code,
      field: field ?? (edge === undefined ? undefined : `edges.${edge}`),
      node,
      nodeName,
    }));
  return new ApiProblem('invalid-graph', {}, { errors });
}

/** The problem that a caller is told for whatever was thrown. Logs what is not the caller's doing. */
export function toProblem(thrown: unknown, log: Logger): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown;
  if (isUnreachable(thrown)) {
    log.warn({ err: thrown }, 'Temporal can not be reached');
    return new ApiProblem('unavailable', { what: 'Temporal' }, { headers: { 'retry-after': '2' } });
  }
  if (thrown instanceof VaultError) {
    log.error({ err: thrown }, 'a secret could not be sealed or opened');
    return new ApiProblem('vault-locked', { reason: vaultReasons[thrown.code] });
  }
  if (isUnkeepable(thrown)) return new ApiProblem('invalid-request');
  const id = randomUUID();
  log.error({ err: thrown, errorId: id }, 'a request broke');
  return new ApiProblem('internal', {}, { instance: `urn:uuid:${id}` });
}

/** Postgres keeps no NUL, in text (22021) nor in JSON (22P05): whoever sent one sent what can't be a name, an id, or a value. */
function isUnkeepable(thrown: unknown): boolean {
  const { code } = (thrown ?? {}) as { code?: unknown };
  return code === '22021' || code === '22P05';
}

/** Without fingerprints: those are for the log. */
const vaultReasons: Record<VaultErrorCode, Text> = {
  'no-master-key': text('there is no master key', 'não há chave mestra'),
  'unknown-master-key': text('the master key is another one', 'a chave mestra é outra'),
  'not-authentic': text('a stored secret was changed', 'um segredo guardado foi alterado'),
};

/** gRPC's UNAVAILABLE, DEADLINE_EXCEEDED and RESOURCE_EXHAUSTED: the same call may work in a moment. */
const passing = new Set([14, 4, 8]);

function isUnreachable(thrown: unknown): boolean {
  if (thrown instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  const cause = thrown instanceof ServiceError ? thrown.cause : thrown;
  return isGrpcServiceError(cause) && passing.has(cause.code);
}

/** Answers with the problem, in the caller's language. */
export function sendProblem(request: IncomingMessage, response: ServerResponse, problem: ApiProblem): void {
  const language = languageOf(request.headers['accept-language']);
  const body = problemBody(problem, language);
  const own = { 'content-type': 'application/problem+json; charset=utf-8', 'content-language': language };
  sendRefusal(request, response, {
    status: body.status,
    headers: { ...problem.extras.headers, ...own },
    body,
  });
}

export function problemBody(problem: ApiProblem, language: Language): Problem {
  const values = Object.fromEntries(
    Object.entries(problem.values).map(([name, value]) => [name, inLanguage(value, language)]),
  );
  const { errors, run, instance } = problem.extras;
  return {
    ...describeProblem(problem.code, values, language),
    ...(instance !== undefined && { instance }),
    ...(errors && {
      errors: errors.map((error) => ({ ...error, message: String(inLanguage(error.message, language)) })),
    }),
    ...(run !== undefined && { run }),
  };
}

/** The best language we speak for an `Accept-Language` header; English when none fits. */
export function languageOf(accepted: string | undefined): Language {
  const wanted = (accepted ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return { tag, quality: quality ? Number(quality.trim().slice(2)) || 0 : 1 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { tag } of wanted) {
    if (tag === 'pt' || tag.startsWith('pt-')) return 'pt';
    if (tag === 'en' || tag.startsWith('en-')) return 'en';
  }
  return 'en';
}

function inLanguage(value: string | number | Text, language: Language): string | number {
  return typeof value === 'object' ? value[language] : value;
}
