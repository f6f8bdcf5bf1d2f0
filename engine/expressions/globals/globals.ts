import { ExpressionError } from '../errors.ts';
import { isEmptyValue } from '../methods/support.ts';
import { iterate } from '../values/access.ts';
import { isForbiddenName, toInteger, toNumber, toText } from '../values/convert.ts';
import { Builtin, type Context, type NativeCall } from '../values/internal.ts';
import { arrayNamespace, dateNamespace, mapNamespace, regexNamespace, setNamespace } from './constructors.ts';
import { dateTimeNamespace, durationNamespace, intervalNamespace } from './luxon.ts';
import {
  jsonNamespace,
  mathNamespace,
  numberNamespace,
  objectNamespace,
  stringNamespace,
  uriFunctions,
} from './standard.ts';
import { InputView, ItemView, itemsOf, NodesView, NodeView } from './views.ts';

type ReadGlobal = (context: Context) => unknown;

const builtin = (label: string, call: NativeCall): ReadGlobal => {
  const value = new Builtin(label, { call });
  return () => value;
};
const constant =
  (value: unknown): ReadGlobal =>
  () =>
    value;

const startOfDay: ReadGlobal = ({ scope }) => scope.now().startOf('day');
const workflow: ReadGlobal = ({ scope }) => scope.source.workflow;
const execution: ReadGlobal = ({ scope }) => scope.source.execution;
const itemIndex: ReadGlobal = ({ scope }) => scope.itemIndex;

/** Every global name and how it is read. The single list: the parser, the checks and the editor read it. */
const globals = new Map<string, ReadGlobal>(
  Object.entries({
    $json: ({ scope }) => scope.item.json,
    $binary: ({ scope }) => scope.item.binary ?? {},
    $itemIndex: itemIndex,
    $position: itemIndex,
    $runIndex: ({ scope }) => scope.source.runIndex,
    $input: ({ scope }) => new InputView(scope),
    $: builtin('$', (context, [name]) => new NodeView(context.scope, toText(context, name))),
    $node: ({ scope }) => new NodesView(scope),
    $items: builtin('$items', itemsOf),
    $item: builtin(
      '$item',
      (context, [index]) => new ItemView(context.scope.forItem(toInteger(context, index))),
    ),
    $prevNode: ({ scope }) => scope.source.prevNode,
    $now: ({ scope }) => scope.now(),
    $today: startOfDay,
    $vars: ({ scope }) => scope.source.vars ?? {},
    $workflow: workflow,
    $automation: workflow,
    $execution: execution,
    $run: execution,
    $parameter: ({ scope }) => scope.source.parameters,
    $if: builtin('$if', (_context, [condition, yes, no]) => (condition ? yes : no)),
    $ifEmpty: builtin('$ifEmpty', (_context, [value, otherwise]) =>
      isEmptyValue(value) ? otherwise : value,
    ),
    $max: builtin('$max', (context, args) => extreme(context, args, Math.max)),
    $min: builtin('$min', (context, args) => extreme(context, args, Math.min)),
    $fromAI: builtin('$fromAI', fromAI),
    $fromAi: builtin('$fromAi', fromAI),
    $fromai: builtin('$fromai', fromAI),
    DateTime: constant(dateTimeNamespace),
    Duration: constant(durationNamespace),
    Interval: constant(intervalNamespace),
    Math: constant(mathNamespace),
    JSON: constant(jsonNamespace),
    Object: constant(objectNamespace),
    Array: constant(arrayNamespace),
    Number: constant(numberNamespace),
    String: constant(stringNamespace),
    Boolean: builtin('Boolean', (_context, [value]) => Boolean(value)),
    Date: constant(dateNamespace),
    RegExp: constant(regexNamespace),
    Set: constant(setNamespace),
    Map: constant(mapNamespace),
    parseInt: constant(numberNamespace.members!.get('parseInt')),
    parseFloat: constant(numberNamespace.members!.get('parseFloat')),
    isNaN: builtin('isNaN', (context, [value]) => Number.isNaN(toNumber(context, value))),
    isFinite: builtin('isFinite', (context, [value]) => Number.isFinite(toNumber(context, value))),
    ...uriFunctions,
    undefined: constant(undefined),
    NaN: constant(Number.NaN),
    Infinity: constant(Number.POSITIVE_INFINITY),
  } satisfies Record<string, ReadGlobal>),
);

/** The names of all globals, for completion in the editor. */
export const globalNames: readonly string[] = [...globals.keys()];

const FORBIDDEN = new Set(
  'eval Function globalThis window self global process require module exports document fetch setTimeout setInterval Reflect Proxy Symbol WebAssembly Promise'.split(
    ' ',
  ),
);

const REFUSED: Record<string, string> = {
  $env: 'Environment variables cannot be read from expressions. Put the value into $vars or a credential.',
  $secrets: 'Secrets cannot be read from expressions. Use a credential in the node that needs it.',
  $credentials:
    'Credentials cannot be read from expressions. Choose the credential in the node that needs it.',
  $jmespath:
    '$jmespath is not available. Use map, filter and find: $json.list.filter(x => x.ok).map(x => x.name).',
  $jmesPath:
    '$jmespath is not available. Use map, filter and find: $json.list.filter(x => x.ok).map(x => x.name).',
  $getWorkflowStaticData: 'Static data is not available in expressions. Use a data table.',
  Intl: 'Intl is not available, because its answers differ between machines. Use toFormat or toLocaleString.',
  URL: 'URL is not available. Use .extractDomain(), .split() or a regular expression.',
};

/** How to read a global, or an ExpressionError that says why there is none. `at` is its offset. */
export function findGlobal(name: string, at: number): ReadGlobal {
  const read = globals.get(name);
  if (read !== undefined) return read;
  if (Object.hasOwn(REFUSED, name)) {
    const secret = name === '$env' || name === '$secrets' || name === '$credentials';
    throw new ExpressionError(secret ? 'forbidden' : 'unsupported', REFUSED[name]!, at);
  }
  if (FORBIDDEN.has(name) || isForbiddenName(name)) {
    throw new ExpressionError('forbidden', `"${name}" cannot be used in expressions.`, at);
  }
  throw new ExpressionError(
    'reference',
    `"${name}" is not known. Data of the current item is under $json: $json.${name}.`,
    at,
  );
}

function extreme(
  context: Context,
  args: readonly unknown[],
  choose: (...values: number[]) => number,
): number {
  const values = args.length === 1 && Array.isArray(args[0]) ? iterate(context, args[0]) : args;
  context.budget.step(values.length);
  let result = choose();
  for (const value of values) result = choose(result, toNumber(context, value));
  return result;
}

function fromAI(context: Context, args: readonly unknown[]): unknown {
  const { fromAI: read } = context.scope.source;
  if (read === undefined) {
    throw new ExpressionError(
      'unsupported',
      '$fromAI works only in tools of an agent: the model fills the value in.',
    );
  }
  const [key, description, type, otherwise] = args;
  const text = (value: unknown): string | undefined =>
    value === undefined ? undefined : toText(context, value);
  return read(toText(context, key), text(description), text(type), otherwise);
}

/** Names that may be called on a namespace (`Math.round`), for checks before the run. */
export const builtinMembers: ReadonlySet<string> = new Set(
  [
    mathNamespace,
    jsonNamespace,
    objectNamespace,
    numberNamespace,
    stringNamespace,
    arrayNamespace,
    dateNamespace,
    dateTimeNamespace,
    durationNamespace,
    intervalNamespace,
  ].flatMap((namespace) => [...(namespace.members?.keys() ?? [])]),
);
