import type { z } from 'zod';
import type { stopAndError } from '../../contracts/catalogue/stop-and-error.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import type { Failure } from '../../contracts/run.ts';
import { isObject } from '../items/paths.ts';
import { EngineFailure } from '../run/engine-failure.ts';
import type { ListNode } from './list-node.ts';

type Parameters = Resolved<z.output<typeof stopAndError.parameters>>;

const defaultMessage = 'The automation stopped itself.';
const hint = 'The automation is built to stop here: look at the step and its items.';

/** Never gives anything: the step fails, and with it the run. */
export const runStopAndError: ListNode<Parameters> = ({ parameters }) => {
  throw new EngineFailure(
    parameters.mode === 'message' ? ofMessage(parameters) : ofObject(parameters.object),
  );
};

function ofMessage({ message, code }: Parameters): Failure {
  return { code: code.trim() || 'stopped', message: message || defaultMessage, hint };
}

function ofObject(given: JsonValue): Failure {
  const object = readObject(given);
  const text = (key: string, most: number): string | undefined => {
    const value = object[key];
    return typeof value === 'string' && value !== '' ? value.slice(0, most) : undefined;
  };
  return {
    code: text('code', 64) ?? 'stopped',
    message: text('message', 10_000) ?? text('error', 10_000) ?? defaultMessage,
    hint: text('hint', 10_000) ?? hint,
    details: object,
  };
}

/** What is no object still ends the run, and is shown: nobody wants the error about the error. */
function readObject(given: JsonValue): JsonObject {
  if (isObject(given)) return given;
  if (typeof given !== 'string') return { value: given };
  try {
    const parsed = JSON.parse(given) as JsonValue;
    return isObject(parsed) ? parsed : { message: given };
  } catch {
    return { message: given };
  }
}
