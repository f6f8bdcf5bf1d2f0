/** The limits that a run is under, from its version, its first item and its workspace. */
import { concurrencyLimit, type WorkspaceFlow } from '../../contracts/flow.ts';
import type { Graph } from '../../contracts/graph.ts';
import type { Item } from '../../contracts/item.ts';
import type { Want } from '../../contracts/limits.ts';
import type { RunInput } from '../../contracts/run.ts';
import { compileParameters, createBudget, createScope } from '../expressions/index.ts';
import { EngineFailure } from '../run/engine-failure.ts';
import { failureOf } from '../run/failure-of.ts';
import { seededRandom } from '../run/seeded-random.ts';

/** A key longer than this is cut: it stands in states and on pages. */
const keyLength = 200;

/**
 * Empty, and no work, for a run without limits. A run that another one waits for is not counted by the workspace's: its caller is, and
 * would wait for it for ever.
 *
 * @throws EngineFailure when the key's expression fails
 */
export function wantsOf(
  input: RunInput,
  settings: Graph['settings'],
  items: readonly Item[],
  now: number,
): Want[] {
  const { concurrency, concurrencyByKey } = settings;
  const { id } = input.automation;
  const wants: Want[] = [];
  const ofWorkspace = input.caller?.waits ? undefined : workspaceLimit(input);
  if (ofWorkspace) wants.push({ key: 'workspace', ...concurrencyLimit.parse(ofWorkspace) });
  if (concurrency) wants.push({ key: `automation:${id}`, ...concurrency });
  if (concurrencyByKey) {
    const { limit, policy, key } = concurrencyByKey;
    wants.push({ key: `key:${id}:${keyOf(key, input, settings, items, now)}`, limit, policy });
  }
  return wants;
}

/** Undefined when there is none, or the run has not asked yet. */
export function workspaceLimit({ flow }: RunInput): WorkspaceFlow['concurrency'] {
  return flow && 'concurrency' in flow ? flow.concurrency : undefined;
}

function keyOf(
  expression: string,
  { run, automation, trigger }: RunInput,
  { timezone }: Graph['settings'],
  items: readonly Item[],
  now: number,
): string {
  try {
    const scope = createScope({
      items: items.length > 0 ? [...items] : [{ json: {} }],
      runIndex: 0,
      now,
      zone: timezone,
      random: seededRandom(run),
      workflow: { ...automation, active: true },
      execution: { id: run, mode: trigger.kind, idempotencyKey: run },
      node: () => undefined,
    });
    const { key } = compileParameters({ key: expression })(scope.forItem(0), createBudget()) as {
      key: unknown;
    };
    const text = typeof key === 'string' ? key : JSON.stringify(key ?? '');
    return text.slice(0, keyLength);
  } catch (error) {
    const { message } = failureOf(error, trigger.node);
    throw new EngineFailure({
      code: 'limit-key',
      message: `The key of the concurrency limit could not be worked out: ${message}`,
      hint: 'Correct the expression in the settings of the automation: it sees the first item that starts the run.',
    });
  }
}
