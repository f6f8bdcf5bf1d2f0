/**
 * What goes wrong below `/v1`, in the shape that OpenAI's clients read. They try again by status: what costs money and would fail
 * again says that it is not to be tried again (`x-should-retry`).
 */
import type { Logger } from 'pino';
import type { OpenAiErrorBody } from '../../contracts/api/openai/error.ts';
import { type ModelErrorKind, modelErrorKind } from '../../contracts/models/call.ts';
import type { ProblemCode } from '../../contracts/problems.ts';
import type { Failure } from '../../contracts/run.ts';
import type { Language } from '../../contracts/text.ts';
import { ModelError, rules } from '../../models/index.ts';
import { ApiProblem, problemBody, toProblem } from '../problems.ts';

type ErrorType = OpenAiErrorBody['error']['type'];

interface Facts {
  status: number;
  code: string;
  message: string;
  /** Left out: by the status. */
  type?: ErrorType | undefined;
  param?: string | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
}

/** A problem to those who look at problems, the audit log among them; its words are its own. */
export class OpenAiError extends ApiProblem {
  readonly status: number;
  readonly body: OpenAiErrorBody;

  constructor({ status, code, message, type = typeOf(status), param, headers = {} }: Facts) {
    super(problemOf(status), {}, { headers });
    this.name = 'OpenAiError';
    this.message = message;
    this.status = status;
    this.body = { error: { message, type, param: param ?? null, code } };
  }
}

const noRetry = { 'x-should-retry': 'false' };

/** Logs what is not the caller's doing. */
export function toOpenAiError(thrown: unknown, language: Language, log: Logger): OpenAiError {
  if (thrown instanceof OpenAiError) return thrown;
  if (thrown instanceof ModelError)
    return ofModel(thrown.kind, {
      message: `${thrown.message} ${rules[thrown.kind].hint[language]}`,
      retryAfterMs: thrown.retryAfterMs,
    });
  const problem = toProblem(thrown, log);
  const { status, code, title, detail, errors = [], instance } = problemBody(problem, language);
  const fields = errors.map(({ field, message }) => (field ? `${field}: ${message}` : message));
  return new OpenAiError({
    ...{ status, headers: problem.extras.headers },
    code: codes[code] ?? code,
    message: [title, ...fields, detail, instance].filter(Boolean).join(' '),
    param: errors[0]?.field,
  });
}

/** There is no such model, or it is not the caller's to use: the two look the same. */
export function noSuchModel(model: string): OpenAiError {
  return new OpenAiError({
    ...{ status: 404, code: 'model_not_found', param: 'model' },
    message: `There is no model "${model}" here that you may use. GET /v1/models lists those that you may.`,
  });
}

/** What the caller asks for can't be had of an agent, or of a model. */
export function notHere(param: string, message: string): OpenAiError {
  return new OpenAiError({ status: 400, code: 'unsupported_parameter', param, message });
}

/** A run of an agent that failed: it has done and cost something, and is not to be repeated by a client of its own accord. */
export function ofRun({ code, message, hint = '' }: Failure, run: string): OpenAiError {
  const whole = `${message} ${hint} (Run ${run}.)`;
  const { data: kind } = modelErrorKind.safeParse(code.replace(/^model-/, ''));
  if (kind) return ofModel(kind, { message: whole, headers: noRetry });
  return new OpenAiError({ status: 500, code, message: whole, headers: noRetry });
}

/** Codes that OpenAI's clients know, in place of ours. */
const codes: Readonly<Record<string, string>> = {
  unauthorized: 'invalid_api_key',
  'rate-limited': 'rate_limit_exceeded',
};

interface ModelAnswer {
  status: number;
  code: string;
  type?: ErrorType;
  /** It would fail again until somebody changes something. */
  isFinal?: true;
}

/** A provider that refuses our key is our trouble: 401 would tell the caller that it is theirs. */
const models: Record<ModelErrorKind, ModelAnswer> = {
  unauthorized: { status: 502, code: 'model-unauthorized', isFinal: true },
  'rate-limited': { status: 429, code: 'rate_limit_exceeded' },
  'no-credit': { status: 502, code: 'model-no-credit', isFinal: true },
  unavailable: { status: 502, code: 'model-unavailable' },
  network: { status: 502, code: 'model-network' },
  timeout: { status: 504, code: 'model-timeout' },
  'unknown-model': { status: 404, code: 'model_not_found' },
  'too-long': { status: 400, code: 'context_length_exceeded' },
  refused: { status: 400, code: 'content_filter' },
  'bad-request': { status: 400, code: 'model-bad-request' },
  'bad-answer': { status: 502, code: 'model-bad-answer' },
  aborted: { status: 500, code: 'model-aborted', isFinal: true },
  resting: { status: 503, code: 'model-resting' },
  limited: { status: 429, code: 'rate_limit_exceeded' },
  'over-budget': { status: 429, code: 'insufficient_quota', type: 'insufficient_quota', isFinal: true },
  'not-priced': { status: 429, code: 'model-not-priced', type: 'insufficient_quota', isFinal: true },
  'no-model': { status: 404, code: 'model_not_found' },
};

function ofModel(
  kind: ModelErrorKind,
  {
    message,
    retryAfterMs,
    headers,
  }: { message: string; retryAfterMs?: number | undefined; headers?: Record<string, string> },
): OpenAiError {
  const { isFinal, ...facts } = models[kind];
  const retryAfter =
    retryAfterMs === undefined ? undefined : `${Math.max(1, Math.ceil(retryAfterMs / 1_000))}`;
  return new OpenAiError({
    ...{ ...facts, message },
    headers: { ...(retryAfter && { 'retry-after': retryAfter }), ...(isFinal && noRetry), ...headers },
  });
}

function problemOf(status: number): ProblemCode {
  if (status === 404) return 'not-found';
  if (status === 429) return 'rate-limited';
  return status < 500 ? 'invalid-request' : 'unavailable';
}

function typeOf(status: number): ErrorType {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 404) return 'not_found_error';
  if (status === 429) return 'rate_limit_error';
  return status < 500 ? 'invalid_request_error' : 'server_error';
}
