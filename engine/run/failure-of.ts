import type { JsonObject } from '../../contracts/json.ts';
import type { Failure } from '../../contracts/run.ts';
import { ExpressionError } from '../expressions/index.ts';
import { EngineFailure } from './engine-failure.ts';

/** Any error thrown while a node ran, as the builder reads it. */
export function failureOf(error: unknown, node: string): Failure {
  if (error instanceof EngineFailure) return { ...error.failure, node };
  if (error instanceof ExpressionError)
    return {
      code: `expression-${error.code}`,
      message: error.message,
      hint: 'Correct the expression; its preview in the editor shows what it gives.',
      node,
    };
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: `The node broke: ${message}`,
    hint: 'This is a fault of Hiviex: please report it.',
    node,
  };
}

/** An item that failed, as the error port (or the next node) gets it. */
export function errorJson(json: JsonObject, { code, message, hint }: Failure): JsonObject {
  return { ...json, error: { code, message, ...(hint && { hint }) } };
}
