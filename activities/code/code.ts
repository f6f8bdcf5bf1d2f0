/** The code node: a builder's JavaScript, once for all items or once for each, in one call of the sandbox either way. */
import { z } from 'zod';
import { codeNode } from '../../contracts/catalogue/code.ts';
import { type EffectInput, type EffectResult, StepFailure } from '../../contracts/effect.ts';
import type { Item } from '../../contracts/item.ts';
import type { Failure } from '../../contracts/run.ts';
import type { Effect, EffectSettings } from '../effect.ts';
import { resultTooLarge } from '../result-too-large.ts';
import { tamperedResult } from './code-failure.ts';
import { type CodePoolOptions, createCodePool } from './code-pool.ts';
import type { CodeOutcome, CodeTask } from './task.ts';

type CodeParameters = z.output<typeof codeNode.parameters>;

/** Code has no way out, so it needs no guard. */
type CodeSettings = Pick<EffectSettings, 'maxResultBytes'>;

/**
 * @returns an effect that never asks for a retry: the same code on the same items gives the same result. In mode `eachItem` items
 * carry `pairedItem`; in `allItems` only when the code sets it.
 */
export function createCodeEffect(settings: CodeSettings, options: CodePoolOptions = {}): Effect {
  const pool = createCodePool(options);
  return {
    async run(input, { signal }) {
      const task = taskOf(input, readParameters(input), settings);
      return resultOf(await pool.run(input.context.workspace, task, signal), input, settings);
    },
    close: () => pool.close(),
  };
}

function readParameters(input: EffectInput): CodeParameters {
  const parsed = codeNode.parameters.safeParse(input.parameters);
  if (parsed.success) return parsed.data;
  throw new StepFailure({
    code: 'bad-parameters',
    message: `The code node is not set up: ${z.prettifyError(parsed.error)}`,
    hint: 'Open the node and correct the fields that are marked.',
  });
}

function taskOf(input: EffectInput, parameters: CodeParameters, settings: CodeSettings): CodeTask {
  const { run, automation, node, nodeName, index, idempotencyKey } = input.context;
  const nodes = Object.entries(input.nodes ?? {}).map(
    ([name, items]) => [name, JSON.stringify(items)] as const,
  );
  return {
    code: parameters.code,
    mode: parameters.mode,
    items: JSON.stringify(input.items),
    nodes: Object.fromEntries(nodes),
    ids: { run, automation, node, nodeName, index },
    seed: idempotencyKey,
    now: input.now,
    timezone: input.timezone,
    timeLimitMs: parameters.timeLimit * 1_000,
    memoryLimitBytes: parameters.memoryLimit * 1_048_576,
    maxResultBytes: settings.maxResultBytes,
  };
}

function resultOf(outcome: CodeOutcome, input: EffectInput, settings: CodeSettings): EffectResult {
  switch (outcome.kind) {
    case 'done': {
      const items: unknown = JSON.parse(outcome.items);
      if (!isItems(items)) throw new StepFailure(withLogs(tamperedResult(), outcome.logs));
      return outcome.logs.length === 0 ? { items } : { items, logs: outcome.logs };
    }
    case 'tooLarge':
      throw resultTooLarge(input.context.nodeName, outcome.bytes, settings.maxResultBytes);
    case 'failed':
      throw new StepFailure(withLogs(outcome.failure, outcome.logs));
  }
}

const logLinesInFailure = 20;

/** What was logged last is often the cause; a failed step has nowhere else to show it. */
function withLogs(failure: Failure, logs: string[]): Failure {
  if (logs.length === 0) return failure;
  const details = Object(failure.details ?? {});
  return { ...failure, details: { ...details, logs: logs.slice(-logLinesInFailure) } };
}

/** The sandbox checks its own result, but code that patches built-ins can get around that; the engine must not pay for it. */
function isItems(value: unknown): value is Item[] {
  return (
    Array.isArray(value) &&
    value.every((one) => isRecord(one) && isRecord(one.json) && isPaired(one.pairedItem))
  );
}

function isPaired(value: unknown): boolean {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.every((one) => isRecord(one) && Number.isInteger(one.item));
  return isRecord(value) && Number.isInteger(value.item);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
