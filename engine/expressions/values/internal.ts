import type { DateTime } from 'luxon';
import type { Budget } from '../budget.ts';
import type { RegexProgram } from '../regex/compile-regex.ts';
import type { Scope } from '../scope.ts';

/** One evaluation of one expression. */
export interface Context {
  readonly scope: Scope;
  readonly budget: Budget;
  /** Arrays and objects made by this evaluation: the only ones it may change. Made on first use. */
  owned: Set<object> | undefined;
  /** Offset in the parameter's text of what runs now, for error columns. */
  at: number;
}

/**
 * Every value of the language that is not data (JSON, Luxon) extends this class, so one `instanceof` tells that
 * its properties must never be read directly.
 */
export abstract class Internal {
  /** What the value is called in messages. */
  abstract readonly label: string;
}

/** A native function made callable. `call` receives unchecked arguments. */
export type NativeCall = (context: Context, args: readonly unknown[]) => unknown;

/** An allow-listed function or namespace (`String`, `Math`, `Object`). */
export class Builtin extends Internal {
  readonly label: string;
  readonly call: NativeCall | undefined;
  readonly construct: NativeCall | undefined;
  readonly members: ReadonlyMap<string, unknown> | undefined;

  constructor(
    label: string,
    parts: { call?: NativeCall; construct?: NativeCall; members?: ReadonlyMap<string, unknown> },
  ) {
    super();
    this.label = label;
    this.call = parts.call;
    this.construct = parts.construct;
    this.members = parts.members;
  }
}

/** An arrow function of the expression. */
export class Closure extends Internal {
  readonly label = 'a function';
  readonly invoke: (context: Context, args: readonly unknown[]) => unknown;
  /** Source nesting of its body: what a call adds to the depth. */
  readonly weight: number;

  constructor(invoke: (context: Context, args: readonly unknown[]) => unknown, weight: number) {
    super();
    this.invoke = invoke;
    this.weight = weight;
  }
}

/** A window on what the engine offers (`$input`, `$('Node')`): only what `get` answers can be seen. */
export abstract class View extends Internal {
  /** The member, or `undefined` when there is none of that name. */
  abstract get(context: Context, key: string): unknown;
  /** Names for the message when a member does not exist. */
  abstract readonly keys: readonly string[];
}

/** A regular expression. `lastIndex` moves as in JavaScript for the flags g and y. */
export class RegexValue extends Internal {
  readonly label = 'a regular expression';
  readonly program: RegexProgram;
  lastIndex = 0;

  constructor(program: RegexProgram) {
    super();
    this.program = program;
  }
}

/** JavaScript's `Date` with all local methods in UTC: the host's zone must not leak into a run. */
export class DateValue extends Internal {
  readonly label = 'a Date';
  /** Milliseconds since 1970, NaN when invalid. */
  ms: number;

  constructor(ms: number) {
    super();
    this.ms = ms;
  }
}

export class SetValue extends Internal {
  readonly label = 'a Set';
  readonly set: Set<unknown>;

  constructor(set: Set<unknown>) {
    super();
    this.set = set;
  }
}

export class MapValue extends Internal {
  readonly label = 'a Map';
  readonly map: Map<unknown, unknown>;

  constructor(map: Map<unknown, unknown>) {
    super();
    this.map = map;
  }
}

/** A method of an allow-list table. `self` has been checked to be of the table's kind. */
export type Method<T> = (context: Context, self: T, args: readonly unknown[]) => unknown;

/** Methods by name. A Map, because an object would inherit `constructor`. */
export type MethodTable<T> = ReadonlyMap<string, Method<T>>;

export type DateTimeValue = DateTime;

/** Makes a method table from a literal. */
export function methods<T>(table: Record<string, Method<T>>): MethodTable<T> {
  return new Map(Object.entries(table));
}

/** Types a method whose name every object inherits (`toString`), which TypeScript would type as inherited. */
export function method<T>(call: Method<T>): Method<T> {
  return call;
}

/** Makes the members of a namespace: functions become builtins, the rest stays. */
export function members(prefix: string, table: Record<string, NativeCall | number>): Map<string, unknown> {
  return new Map(
    Object.entries(table).map(([name, member]) => [
      name,
      typeof member === 'number' ? member : new Builtin(`${prefix}.${name}`, { call: member }),
    ]),
  );
}

/** Marks a container as made by this evaluation, so that the expression may change it. */
export function own<T extends object>(context: Context, value: T): T {
  context.owned ??= new Set();
  context.owned.add(value);
  return value;
}

/** Charges and owns a list that has just been made by a linear pass. */
export function newArray(context: Context, items: unknown[]): unknown[] {
  context.budget.elements(items.length);
  return own(context, items);
}

/** Charges a string that is about to be returned to the expression. */
export function newText(context: Context, text: string): string {
  context.budget.allocate(text.length);
  return text;
}
