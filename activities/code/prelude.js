/**
 * Runs inside QuickJS, before the builder's code: makes the globals the code may use. It is plain JavaScript because the sandbox
 * compiles it, and one long file because the sandbox has no modules.
 *
 * Whatever it does is convenience, not protection: the walls are QuickJS itself, its limits and the thread, so code
 * that patches these globals only hurts itself. (Built-ins are kept in constants so that it does not do so by accident.)
 *
 * `host` has functions of text: `log(line)`, `luxon(requestJson)`, `format(requestJson)`, `btoa` and `atob`.
 * The script's value is a function `(settings, host) => run`, and `run(code)` gives a promise of the outcome as JSON text.
 */
(settingsText, host) => {
  const { parse, stringify } = JSON;
  const { isArray } = Array;
  const { keys, hasOwn, getPrototypeOf, defineProperty, freeze } = Object;
  const AnError = Error;
  const settings = parse(settingsText);
  const isRecord = (value) => typeof value === 'object' && value !== null && !isArray(value);
  const define = (name, value) =>
    defineProperty(globalThis, name, { value, writable: true, configurable: true });
  const defineGetter = (name, get) => defineProperty(globalThis, name, { get, configurable: true });

  // A repeat of the step has to give the same result: the clock stands still and random numbers follow from the step's key.
  const RealDate = Date;
  const { now, timezone } = settings;
  function fixedDate(...args) {
    if (!new.target) return new RealDate(now).toString();
    return Reflect.construct(RealDate, args.length === 0 ? [now] : args, new.target);
  }
  fixedDate.prototype = RealDate.prototype;
  defineProperty(RealDate.prototype, 'constructor', { value: fixedDate, writable: true, configurable: true });
  defineProperty(fixedDate, 'name', { value: 'Date' });
  fixedDate.now = () => now;
  fixedDate.parse = RealDate.parse;
  fixedDate.UTC = RealDate.UTC;
  define('Date', fixedDate);

  let state = 0x9e3779b9;
  for (const letter of settings.seed) state = Math.imul(state ^ letter.codePointAt(0), 0x01000193) >>> 0;
  /** mulberry32 */
  Math.random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };

  // console
  const show = (value) => {
    if (typeof value === 'string') return value;
    if (value instanceof AnError) return `${value.name}: ${value.message}`;
    if (typeof value === 'function') return `[function ${value.name || 'anonymous'}]`;
    if (typeof value !== 'object' || value === null) return String(value);
    try {
      return (
        stringify(value, (_, inner) => (typeof inner === 'bigint' ? `${inner}n` : inner)) ?? String(value)
      );
    } catch {
      return '[object that is not JSON]';
    }
  };
  const logger =
    (prefix) =>
    (...values) => {
      host.log((prefix + values.map(show).join(' ')).slice(0, 2_001));
    };
  const plain = logger('');
  define('console', {
    log: plain,
    info: plain,
    debug: plain,
    warn: logger('warn: '),
    error: logger('error: '),
  });

  // Dates and local formats are computed outside, by luxon and Intl: QuickJS has neither.
  const states = new WeakMap();
  const unwrap = (value) => {
    if (isArray(value)) return value.map(unwrap);
    if (value instanceof RealDate) return { $date: value.getTime() };
    return (isRecord(value) && states.get(value)) || value;
  };
  const wrap = (value) => {
    if (isArray(value)) return value.map(wrap);
    if (!isRecord(value)) return value;
    if (hasOwn(value, '$date')) return new fixedDate(value.$date);
    const name = hasOwn(value, '$dateTime')
      ? 'DateTime'
      : hasOwn(value, '$duration')
        ? 'Duration'
        : undefined;
    if (!name) return value;
    const made = Object.create(classOf(name).prototype);
    states.set(made, value);
    return made;
  };
  const callHost = (call, request) => {
    const answer = parse(call(stringify(request, (_, value) => (value === undefined ? null : value))));
    if (hasOwn(answer, 'error')) throw new AnError(answer.error);
    return wrap(answer.value);
  };
  const luxonClass = (name) => {
    const { methods, getters, statics } = settings.luxon[name];
    class LuxonValue {
      constructor() {
        throw new TypeError(`Use ${name}.fromISO(…) and the like instead of new ${name}().`);
      }
    }
    defineProperty(LuxonValue, 'name', { value: name });
    const ask = (on, member, self, args) =>
      callHost(host.luxon, { class: name, on, member, self: unwrap(self), args: args.map(unwrap) });
    for (const member of statics) LuxonValue[member] = (...args) => ask('static', member, undefined, args);
    for (const member of methods) {
      const method = function (...args) {
        return ask('method', member, this, args);
      };
      defineProperty(LuxonValue.prototype, member, { value: method, writable: true, configurable: true });
    }
    for (const member of getters) {
      const get = function () {
        return ask('getter', member, this, []);
      };
      defineProperty(LuxonValue.prototype, member, { get, configurable: true });
    }
    return LuxonValue;
  };
  // Made when first used: most code has no dates, and the members take longer to define than a small code to run.
  const classes = {};
  const classOf = (name) => {
    classes[name] ??= luxonClass(name);
    return classes[name];
  };
  for (const name of ['DateTime', 'Duration']) defineGetter(name, () => classOf(name));
  defineGetter('$now', () => classOf('DateTime').now());
  defineGetter('$today', () => classOf('DateTime').now().startOf('day'));

  const format = (kind, value, locales, options) => callHost(host.format, { kind, value, locales, options });
  Number.prototype.toLocaleString = function (locales, options) {
    return format('number', Number(this), locales, options);
  };
  for (const [method, kind] of [
    ['toLocaleString', 'dateTime'],
    ['toLocaleDateString', 'date'],
    ['toLocaleTimeString', 'time'],
  ]) {
    RealDate.prototype[method] = function (locales, options) {
      return format(kind, this.getTime(), locales, options);
    };
  }
  const formatter = (kind, toNumber) =>
    class {
      #settings;
      constructor(locales, options) {
        this.#settings = [locales, options];
      }
      format(value) {
        return format(kind, toNumber(value), ...this.#settings);
      }
    };
  define('Intl', {
    NumberFormat: formatter('number', Number),
    DateTimeFormat: formatter('date', (value) => (value === undefined ? now : Number(value))),
  });
  define('btoa', (value) => host.btoa(String(value)));
  define('atob', (value) => host.atob(String(value)));
  const clone = (value) => {
    if (isArray(value)) return value.map(clone);
    if (value instanceof RealDate) return new fixedDate(value.getTime());
    if (typeof value === 'function') throw new TypeError('A function cannot be cloned.');
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clone(inner)]));
  };
  define('structuredClone', clone);

  // Items
  const input = parse(settings.items);
  let position = 0;
  const list = (items, name) => ({
    all: () => items,
    first: () => items[0],
    last: () => items[items.length - 1],
    itemMatching: (index) => items[index],
    get item() {
      if (name === undefined || items.length === input.length) return items[position];
      if (items.length === 1) return items[0];
      throw new AnError(
        `$('${name}').item is not clear: it has ${items.length} items and this node ${input.length}. Use .first(), .all() or .itemMatching(index).`,
      );
    },
  });
  const parsed = new Map();
  const nodeOutput = (name) => {
    if (!hasOwn(settings.nodes, name)) {
      throw new AnError(
        `$('${name}') is not there: no node of that name has run before this one, or the code does not name it literally, as $('${name}').`,
      );
    }
    if (!parsed.has(name)) parsed.set(name, freeze(list(parse(settings.nodes[name]), name)));
    return parsed.get(name);
  };
  define('$input', list(input));
  define('$', (name) => nodeOutput(String(name)));
  define('items', input);
  defineGetter('item', () => input[position]);
  defineGetter('$item', () => input[position]);
  defineGetter('$json', () => input[position]?.json);
  defineGetter('$binary', () => input[position]?.binary);
  defineGetter('$itemIndex', () => position);
  const { ids } = settings;
  define('$runIndex', ids.index);
  define('$run', freeze({ id: ids.run, index: ids.index }));
  define('$execution', freeze({ id: ids.run }));
  define('$workflow', freeze({ id: ids.automation }));
  define('$node', freeze({ id: ids.node, name: ids.nodeName }));
  define('$timezone', timezone);

  // Results: only what JSON can carry, and a clear word for everything else.
  class BadResult extends AnError {}
  const kindOf = (value) => {
    if (value === undefined) return 'nothing (undefined)';
    if (value === null) return 'null';
    if (isArray(value)) return 'a list';
    if (typeof value === 'object')
      return `an object of ${getPrototypeOf(value)?.constructor?.name ?? 'no class'}`;
    if (typeof value === 'function') return 'a function';
    return `the ${typeof value} ${show(value)}`.slice(0, 100);
  };
  let notNumbers = 0;
  // Where the walk is, for messages; `parents` also finds objects that contain themselves.
  let root = '';
  const trail = [];
  const parents = [];
  const path = () => root + trail.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  const refuse = (why) => {
    throw new BadResult(`${path()} ${why}`);
  };
  const child = (key, value) => {
    trail.push(key);
    const json = toJson(value);
    trail.pop();
    return json;
  };
  const toJson = (value) => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') {
      if (value - value === 0) return value;
      if (notNumbers++ === 0)
        host.log(`warn: ${path()} was ${value}, which JSON cannot carry; it became null.`);
      return null;
    }
    if (typeof value !== 'object') {
      const cure =
        typeof value === 'bigint' ? 'Convert it with Number(…) or String(…).' : 'Return its result instead.';
      refuse(`is ${kindOf(value)}, which JSON cannot carry. ${cure}`);
    }
    if (typeof value.toJSON === 'function') return toJson(value.toJSON());
    if (value instanceof Map) refuse('is a Map. Use Object.fromEntries(map).');
    if (value instanceof Set) refuse('is a Set. Use [...set].');
    if (typeof value.then === 'function') refuse('is a Promise. Put await before it.');
    if (parents.includes(value)) refuse('contains itself. Return only the fields you need.');
    if (parents.length > 200) refuse('is nested more than 200 levels deep.');
    parents.push(value);
    const json = isArray(value) ? toJsonList(value) : toJsonObject(value);
    parents.pop();
    return json;
  };
  const toJsonList = (value) => {
    const json = [];
    for (let at = 0; at < value.length; at++)
      json[at] = value[at] === undefined ? null : child(at, value[at]);
    return json;
  };
  const toJsonObject = (value) => {
    const json = {};
    for (const key of keys(value)) {
      if (value[key] === undefined) continue;
      const inner = child(key, value[key]);
      // Assigned, __proto__ would be the prototype and not a field.
      if (key !== '__proto__') json[key] = inner;
      else defineProperty(json, key, { value: inner, enumerable: true, writable: true, configurable: true });
    }
    return json;
  };
  const itemKeys = ['json', 'binary', 'pairedItem', 'error', 'index'];
  const toPaired = (paired) => {
    if (isArray(paired)) return paired.map(toPaired);
    if (typeof paired === 'number') return toPaired({ item: paired });
    if (isRecord(paired) && Number.isInteger(paired.item) && paired.item >= 0) {
      return typeof paired.input === 'string'
        ? { item: paired.item, input: paired.input }
        : { item: paired.item };
    }
    return refuse('has a pairedItem that is not { item: <position> }.');
  };
  const toRecord = (value) => {
    const json = toJson(value);
    return isRecord(json) ? json : refuse(`is ${kindOf(json)}; it has to be an object.`);
  };
  const toItem = (value, at) => {
    root = `Item ${at}`;
    if (!isRecord(value)) refuse(`is ${kindOf(value)}; an item has to be an object.`);
    if (!hasOwn(value, 'json')) return { json: toRecord(value) };
    const unknown = keys(value).find((key) => !itemKeys.includes(key));
    if (unknown !== undefined) refuse(`has "json" and beside it "${unknown}". Put "${unknown}" inside json.`);
    trail.push('json');
    const item = { json: toRecord(value.json) };
    trail.pop();
    if (isRecord(value.binary)) item.binary = toJson(value.binary);
    if (value.pairedItem !== undefined && value.pairedItem !== null)
      item.pairedItem = toPaired(value.pairedItem);
    return item;
  };
  const toItems = (value) => {
    if (isArray(value)) return value.map(toItem);
    if (isRecord(value)) return [toItem(value, 0)];
    throw new BadResult(`The code returned ${kindOf(value)}; it has to return a list of items, or one.`);
  };

  const runs = {
    allItems: async (code) => toItems(await code()),
    eachItem: async (code) => {
      const out = [];
      for (position = 0; position < input.length; position++) {
        const value = await code();
        if (value === undefined || value === null) continue;
        if (!isRecord(value)) {
          throw new BadResult(
            `For item ${position} the code returned ${kindOf(value)}; it has to return one object.`,
          );
        }
        const item = toItem(value, position);
        item.pairedItem = { item: position };
        out.push(item);
      }
      return out;
    },
  };

  const describe = (error) => {
    if (error instanceof BadResult) return { kind: 'badResult', message: error.message };
    if (error === null) return { kind: 'thrownNull' };
    const at = settings.mode === 'eachItem' ? { item: position } : {};
    if (!(error instanceof AnError))
      return { kind: 'thrown', name: 'Error', message: show(error), stack: '', ...at };
    const { name, message, stack } = error;
    return {
      kind: 'thrown',
      name: String(name),
      message: String(message),
      stack: String(stack ?? ''),
      ...at,
    };
  };

  return async (code) => {
    try {
      const items = await runs[settings.mode](code);
      return stringify({ kind: 'done', items: stringify(items) });
    } catch (error) {
      return stringify(describe(error));
    }
  };
};
