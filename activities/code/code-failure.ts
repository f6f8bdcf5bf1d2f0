/** Says in a builder's words what went wrong with the code, and where in it. */
import type { Failure } from '../../contracts/run.ts';

/** An error as the sandbox reports it. */
export type Thrown =
  | { kind: 'badResult'; message: string }
  | { kind: 'thrownNull' }
  | { kind: 'thrown'; name: string; message: string; stack: string; item?: number };

interface Limits {
  timeLimitMs: number;
  memoryLimitBytes: number;
}

export function outOfTime(timeLimitMs: number): Failure {
  return {
    code: 'code-timeout',
    message: `The code ran longer than its time limit of ${timeLimitMs / 1_000} s and was stopped.`,
    hint: 'Look for a loop that does not end, or raise the time limit. The clock stands still inside the code, so waiting for a time never ends.',
  };
}

export function outOfMemory(memoryLimitBytes: number): Failure {
  return {
    code: 'code-memory',
    message: `The code needed more than its memory limit of ${Math.round(memoryLimitBytes / 1_048_576)} MB and was stopped.`,
    hint: 'Look for a list or text that grows without end, raise the memory limit, or use a loop node to handle fewer items at a time.',
  };
}

export function outOfStack(): Failure {
  return {
    code: 'code-stack',
    message: 'The code called itself too deeply (stack overflow).',
    hint: 'A function calls itself without an end, or a structure is nested very deeply. Use a loop in place of the recursion.',
  };
}

export function unresolved(): Failure {
  return {
    code: 'code-never-resolves',
    message: 'The code waits for a Promise that nothing will ever resolve.',
    hint: 'There are no timers and no network in the code, so every Promise has to be resolved by the code itself.',
  };
}

export function tamperedResult(): Failure {
  return {
    code: 'code-result',
    message:
      'The code replaced built-in functions (of Array, Object, JSON or Promise), and its result cannot be read.',
    hint: 'Write helper functions of your own and leave the built-in ones as they are.',
  };
}

/** @param code The builder's code; the line where it went wrong is quoted from it. */
export function describeThrown(thrown: Thrown, code: string, limits: Limits): Failure {
  if (thrown.kind === 'badResult') {
    return {
      code: 'code-result',
      message: thrown.message,
      hint: 'For example: return [{ json: { total: 3 } }]; plain objects are fine too, and return [] gives no items.',
    };
  }
  if (thrown.kind === 'thrownNull') {
    return {
      code: 'code-error',
      message: 'The code threw null.',
      hint: "Throw an Error with a message: throw new Error('why').",
    };
  }
  const { name, message } = thrown;
  if (name === 'InternalError' && /out of memory|too long/.test(message))
    return outOfMemory(limits.memoryLimitBytes);
  if (/stack overflow|Maximum call stack/.test(message)) return outOfStack();
  const place = placeOf(thrown.stack, code);
  if (name === 'SyntaxError') return describeSyntax(message, place);
  const where = place ? ` (line ${place.line})` : '';
  const which = thrown.item === undefined ? '' : ` for item ${thrown.item}`;
  const missing = missingFeature(message);
  return {
    code: 'code-error',
    message: `The code failed${which}${where}: ${missing?.says ?? says(name, message)}`,
    hint:
      missing?.hint ??
      (place ? `The line is: ${place.source}` : 'Look at the code around what the message names.'),
    ...(place ? { details: { ...place } } : {}),
  };
}

function says(name: string, message: string): string {
  return (name === 'Error' ? message : `${name}: ${message}`).slice(0, 2_000);
}

function describeSyntax(message: string, place: Place | undefined): Failure {
  const code = 'code-syntax';
  if (!place) {
    const hint = 'A bracket, brace or quote is not closed, or one is closed that was never opened.';
    return {
      code,
      message: `The code is not valid JavaScript: it ends in the wrong place (${message}).`,
      hint,
    };
  }
  const { line, column, source } = place;
  return {
    code,
    message: `The code is not valid JavaScript (line ${line}, column ${column}): ${message.slice(0, 500)}`,
    hint: /^(import|export)\b/.test(source) ? moduleHint : `The line is: ${source}`,
    details: { ...place },
  };
}

interface Place {
  line: number;
  column: number;
  source: string;
}

/** The innermost place in the builder's own code, if there is one. The sandbox puts one line before it and one behind. */
function placeOf(stack: string, code: string): Place | undefined {
  const match = /code\.js:(\d+)(?::(\d+))?/.exec(stack);
  if (!match) return undefined;
  const lines = code.split('\n');
  const line = Number(match[1]) - 1;
  if (line < 1 || line > lines.length) return undefined;
  return { line, column: Number(match[2] ?? 1), source: (lines[line - 1] ?? '').trim().slice(0, 200) };
}

const httpHint =
  'The code has no network. Put an HTTP request node before this one and read its items with $input.';
const timerHint = 'The code has no timers. Use a wait node to pause a run.';
const moduleHint =
  'The code has no packages and no files. Write the function out, or use the node made for the job.';
const missingFeatures: Record<string, string> = {
  fetch: httpHint,
  XMLHttpRequest: httpHint,
  WebSocket: httpHint,
  axios: httpHint,
  $http: httpHint,
  $helpers: httpHint,
  $request: httpHint,
  setTimeout: timerHint,
  setInterval: timerHint,
  setImmediate: timerHint,
  require: moduleHint,
  module: moduleHint,
  exports: moduleHint,
  process:
    'The code cannot see the environment or secrets of the server. Set what it needs with an edit fields node.',
  $env: 'The code cannot see the environment or secrets of the server. Set what it needs with an edit fields node.',
  Buffer: 'Use atob(…) and btoa(…) for base64, and text as it is.',
  window: 'The code does not run in a browser. Its data is in $input.',
  document: 'The code does not run in a browser. Its data is in $input.',
  Interval: "Use DateTime's diff(…) for the time between two dates.",
};

/** Names that code of other products uses and that are not there, on purpose. */
function missingFeature(message: string): { says: string; hint: string } | undefined {
  if (/could not load module|module loading|import/.test(message)) {
    return { says: 'packages cannot be imported here.', hint: moduleHint };
  }
  const name = /^'?([\w$]+)'? is not defined$/.exec(message)?.[1];
  const hint = name === undefined ? undefined : missingFeatures[name];
  return name === undefined || hint === undefined
    ? undefined
    : { says: `${name} is not available in the code.`, hint };
}
