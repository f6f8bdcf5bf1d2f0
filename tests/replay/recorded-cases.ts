/**
 * The runs that are recorded: between them they use every node type and every way in which the engine gives Temporal a command.
 * Over 300 lines: a list of graphs.
 */
import type { WorkflowHandle } from '@temporalio/client';
import type { WorkspaceFlow } from '../../contracts/flow.ts';
import type { Graph } from '../../contracts/graph.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { drawGraph, json } from '../../engine/run/test-graphs.ts';
import type { RunStart } from '../../runs/start-run.ts';
import type { RunningEngine } from './running-engine.ts';
import { waitingCases } from './waiting-cases.ts';

export interface RecordedCase {
  name: string;
  graph: Graph;
  start?: Partial<RunStart>;
  /** A schedule starts it. */
  ticks?: true;
  /** Of the workspace, while it runs. */
  flow?: WorkspaceFlow;
  /** Automations that are published before; `other:<name>` in the graph is the id of one. */
  others?: Record<string, Graph>;
  /** Agents that are published before; `agent:<name>` in the graph is the id of one. */
  agents?: Record<string, object>;
  /** What a person does while it runs. */
  act?: (engine: RunningEngine, run: string, handle: WorkflowHandle) => Promise<void>;
  continueAsNewAfter?: number;
}

const fast = { maxAttempts: 3, initialIntervalMs: 10, backoff: 1, maxIntervalMs: 10 };

/** @param stub URL of the service in stub-service.ts */
export function recordedCases(stub: string): RecordedCase[] {
  return [
    order(stub),
    routes,
    mergeThatWaits(stub),
    mergeByFields,
    nestedLoops(stub),
    poll(stub),
    code,
    manyItems,
    remoteRetry(stub),
    localRetry(stub),
    errorPort(stub),
    failure(stub),
    cancelled(stub),
    manyCalls(stub),
    longSequence(stub),
    longComputation,
    lastNode,
    schedule,
    ticked,
    events,
    mail,
    mailbox,
    chat,
    pinnedAndDisabled,
    lists,
    shapes,
    stopped,
    nodeSettings(stub),
    stored,
    transforms,
    services(stub),
    mcp,
    models,
    fileSteps,
    archives,
    knowledge,
    unknownNodeType,
    calls,
    asksAgents,
    limited,
    afterError,
    continued(stub),
    ...waitingCases,
  ];
}

const order = (stub: string): RecordedCase => ({
  name: 'order',
  graph: drawGraph(
    [
      ['Hook', 'webhook-trigger', { path: 'order', answer: 'respondNode' }],
      ['Total', 'edit-fields', edit({ total: '={{ $json.body.amount * 1.2 }}' })],
      ['Over 100', 'if', when('={{ $json.total }}', 'number.gt', 100)],
      ['Fetch', 'http-request', { url: `${stub}/ok` }],
      ['Respond', 'respond', { respondWith: 'json', body: "={{ $('Total').item.json.total }}" }],
      ['Small', 'no-op'],
      ['About', 'note', { content: 'Orders over 100 are checked.' }],
    ],
    [
      'Hook > Total',
      'Total > Over 100',
      'Over 100.true > Fetch',
      'Fetch > Respond',
      'Over 100.false > Small',
    ],
  ),
  start: {
    trigger: { kind: 'webhook', node: 'Hook', name: 'Hook' },
    items: json({ headers: {}, params: {}, query: {}, body: { amount: 100 } }),
    answer: 'respondNode',
  },
});

const routes: RecordedCase = {
  name: 'routes',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      [
        'Kind',
        'switch',
        {
          cases: [
            { label: 'mail', ...when('={{ $json.to }}', 'string.regex', '^[\\w.]+@[\\w.]+$') },
            { label: 'late', ...when('={{ $json.due }}', 'dateTime.before', '={{ $now.toISO() }}') },
          ],
        },
      ],
      ['Mail', 'edit-fields', edit({ kind: 'mail', at: "={{ $now.toFormat('yyyy') > '2000' }}" })],
      ['Late', 'edit-fields', edit({ kind: 'late', was: "={{ $('Start').item.json.due }}" })],
      ['Rest', 'edit-fields', edit({ kind: '={{ Math.random() < 1 }}' })],
      ['Together', 'merge', { inputs: 3 }],
    ],
    [
      'Start > Kind',
      ...['Kind.case0 > Mail', 'Kind.case1 > Late', 'Kind.fallback > Rest'],
      ...['Mail > Together.input1', 'Late > Together.input2', 'Rest > Together.input3'],
    ],
    { timezone: 'America/Sao_Paulo' },
  ),
  start: { items: json({ to: 'ana@example.com' }, { due: '2020-01-01' }, { to: 'nobody' }) },
};

const mergeThatWaits = (stub: string): RecordedCase => ({
  name: 'merge-that-waits',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Slow', 'wait', { amount: 1, unit: 'seconds' }],
      ['Fast', 'http-request', { url: `${stub}/ok` }],
      ['Both', 'merge', { mode: 'position' }],
      [
        'After',
        'http-request',
        { method: 'POST', url: `${stub}/ok`, bodyType: 'json', jsonBody: '={{ $json }}' },
      ],
    ],
    ['Start > Slow', 'Start > Fast', 'Slow > Both.input1', 'Fast > Both.input2', 'Both > After'],
  ),
  start: { items: json({ order: 1 }) },
});

const mergeByFields: RecordedCase = {
  name: 'merge-by-fields',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Left', 'edit-fields', edit({ left: '={{ $json.id }}' })],
      ['Right', 'edit-fields', edit({ right: '={{ $json.id * 2 }}' })],
      ['Match', 'merge', { mode: 'fields', keep: 'everything' }],
      ['Pairs', 'merge', { mode: 'all' }],
      ['One', 'merge', { mode: 'choose', choose: 2 }],
    ],
    [
      ...['Start > Left', 'Start > Right', 'Left > Match.input1', 'Right > Match.input2'],
      ...['Match > Pairs.input1', 'Left > Pairs.input2', 'Pairs > One.input1', 'Match > One.input2'],
    ],
  ),
  start: { items: json({ id: 1 }, { id: 2 }) },
};

const nestedLoops = (stub: string): RecordedCase => ({
  name: 'nested-loops',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Outer', 'loop', { batchSize: 2 }],
      ['Inner', 'loop'],
      ['Call', 'http-request', { url: `${stub}/ok`, query: [{ name: 'n', value: '={{ $json.n }}' }] }],
      ['Back', 'edit-fields', edit({ n: "={{ $('Inner').item.json.n }}" })],
      ['End', 'edit-fields', edit({ all: '={{ $input.all().length }}' })],
    ],
    [
      ...['Start > Outer', 'Outer.loop > Inner', 'Inner.loop > Call', 'Call > Back', 'Back > Inner'],
      ...['Inner.done > Outer', 'Outer.done > End'],
    ],
  ),
  start: { items: json({ n: 1 }, { n: 2 }, { n: 3 }) },
});

const poll = (stub: string): RecordedCase => ({
  name: 'poll',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Ask', 'http-request', { url: `${stub}/job/recorded` }],
      ['Done', 'if', when('={{ $json.done }}', 'boolean.true')],
      ['Pause', 'wait', { amount: 0.01, unit: 'seconds' }],
      ['Finish', 'edit-fields', edit({ rounds: '={{ $runIndex }}' })],
    ],
    ['Start > Ask', 'Ask > Done', 'Done.true > Finish', 'Done.false > Pause', 'Pause > Ask'],
  ),
});

const code: RecordedCase = {
  name: 'code',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['All', 'code', { code: "console.log('items', $input.all().length); return $input.all();" }],
      ['Each', 'code', { mode: 'eachItem', code: "return { n: $json.n + $('Start').first().json.n };" }],
      ['Broken', 'code', { code: "throw new Error('on purpose');" }, { onError: 'continue' }],
    ],
    ['Start > All', 'All > Each', 'Each > Broken'],
  ),
  start: { items: json({ n: 1 }, { n: 2 }) },
};

/** Too many for a local activity. */
const manyItems: RecordedCase = {
  name: 'many-items',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Count', 'code', { code: 'return [{ json: { count: $input.all().length } }];' }],
    ],
    ['Start > Count'],
  ),
  start: { items: json(...Array.from({ length: 1_001 }, () => ({}))) },
};

const remoteRetry = (stub: string): RecordedCase => ({
  name: 'remote-retry',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      [
        'Post',
        'http-request',
        { method: 'POST', url: `${stub}/flaky/2/remote` },
        { retry: fast, timeout: 30 },
      ],
    ],
    ['Start > Post'],
  ),
});

const localRetry = (stub: string): RecordedCase => ({
  name: 'local-retry',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Get', 'http-request', { url: `${stub}/flaky/2/local` }, { retry: fast }],
    ],
    ['Start > Get'],
  ),
});

const errorPort = (stub: string): RecordedCase => ({
  name: 'error-port',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Call', 'http-request', { url: '={{ $json.url }}' }, { onError: 'errorPort' }],
      ['Good', 'no-op'],
      ['Bad', 'edit-fields', edit({ why: '={{ $json.error.code }}' })],
    ],
    ['Start > Call', 'Call > Good', 'Call.error > Bad'],
  ),
  start: { items: json({ url: `${stub}/missing` }, { url: `${stub}/ok` }) },
});

const failure = (stub: string): RecordedCase => ({
  name: 'failure',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Wait', 'wait', { amount: 1, unit: 'days' }],
      ['Call', 'http-request', { method: 'POST', url: `${stub}/refused` }],
    ],
    ['Start > Wait', 'Start > Call'],
  ),
});

const cancelled = (stub: string): RecordedCase => ({
  name: 'cancelled',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Until', 'wait', { mode: 'until', until: '={{ $now.plus({ days: 1 }).toISO() }}' }],
      ['Hang', 'http-request', { method: 'POST', url: `${stub}/hang` }],
    ],
    ['Start > Until', 'Start > Hang'],
  ),
  act: async (engine, run, handle) => {
    await engine.seen(run, (event) => event.type === 'step.started' && event.node === 'Hang');
    await handle.cancel();
  },
});

const manyCalls = (stub: string): RecordedCase => ({
  name: 'many-calls',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Call', 'http-request', { url: `${stub}/ok`, concurrency: 5 }],
    ],
    ['Start > Call'],
  ),
  start: { items: json(...Array.from({ length: 14 }, (_, n) => ({ n }))) },
});

const longSequence = (stub: string): RecordedCase => {
  const names = Array.from({ length: 12 }, (_, step) => `Get ${step}`);
  return {
    name: 'long-sequence',
    graph: drawGraph(
      [
        ['Start', 'manual-trigger'],
        ...names.map((name): [string, string, JsonObject] => [name, 'http-request', { url: `${stub}/ok` }]),
      ],
      ['Start', ...names].slice(0, -1).map((name, at) => `${name} > ${names[at]}`),
    ),
  };
};

/** More than one workflow task's worth: it gives the task back half-way. */
const longComputation: RecordedCase = {
  name: 'long-computation',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      [
        'Sum',
        'edit-fields',
        edit({ sum: '={{ Array.from({ length: 5000 }, (_, i) => i).reduce((a, b) => a + b) }}' }),
      ],
    ],
    ['Start > Sum'],
  ),
  start: { items: json(...Array.from({ length: 60 }, (_, n) => ({ n }))) },
};

const lastNode: RecordedCase = {
  name: 'last-node',
  graph: drawGraph(
    [
      ['Hook', 'webhook-trigger', { path: 'last', answer: 'lastNode' }],
      ['Edit', 'edit-fields', { mode: 'json', json: '={{ { hello: $json.body.name } }}', keepOthers: false }],
    ],
    ['Hook > Edit'],
  ),
  start: {
    trigger: { kind: 'webhook', node: 'Hook', name: 'Hook' },
    items: json({ body: { name: 'Ana' } }),
    answer: 'lastNode',
  },
};

const schedule: RecordedCase = {
  name: 'schedule',
  graph: drawGraph(
    [
      ['Tick', 'schedule-trigger', { every: 1, unit: 'days' }],
      ['Day', 'edit-fields', edit({ weekday: '={{ DateTime.fromISO($json.timestamp).weekday > 0 }}' })],
    ],
    ['Tick > Day'],
  ),
  start: { trigger: { kind: 'schedule', node: 'Tick', name: 'Tick' } },
};

/** As Temporal starts it: under an id of its own, and it asks itself for the limit of its workspace. */
const ticked: RecordedCase = {
  name: 'ticked',
  graph: drawGraph(
    [
      ['Tick', 'schedule-trigger', { every: 1, unit: 'days' }],
      ['Pass', 'no-op'],
    ],
    ['Tick > Pass'],
  ),
  ticks: true,
  flow: { concurrency: { limit: 1, policy: 'queue' } },
};

const events: RecordedCase = {
  name: 'events',
  graph: drawGraph(
    [
      ['Paid', 'event-trigger', { name: 'order.*' }],
      ['Poll', 'poll-trigger', { url: 'https://api.example.com/orders' }],
      ['Feed', 'rss-trigger', { url: 'https://example.com/feed.xml' }],
      [
        'Tell',
        'emit-event',
        { name: '=shipping.{{ $json.data.kind }}', carry: 'json', data: '={{ $json.data }}' },
      ],
    ],
    ['Paid > Tell', 'Poll > Tell', 'Feed > Tell'],
  ),
  start: {
    trigger: { kind: 'event', node: 'Paid', name: 'Paid' },
    items: json({ id: 'e1', name: 'order.paid', data: { kind: 'wanted', total: 3 } }),
  },
};

const mail: RecordedCase = {
  name: 'mail',
  graph: drawGraph(
    [
      ['Mail', 'mail-trigger', { address: 'inbox-0123456789abcdef' }],
      ['Subject', 'edit-fields', { assignments: [{ name: 'subject', value: '={{ $json.subject }}' }] }],
    ],
    ['Mail > Subject'],
  ),
  start: {
    items: json({ from: { name: 'Ana', address: 'ana@example.com' }, subject: 'Hello' }),
    trigger: { kind: 'mail', node: 'Mail', name: 'Mail' },
  },
};

/** A message of a conversation that nobody has: one reply fails, and the run goes on. */
const chat: RecordedCase = {
  name: 'chat',
  graph: drawGraph(
    [
      ['Asked', 'chat-trigger'],
      ['Wait a moment', 'chat-reply', { text: 'One moment.', kind: 'progress' }, { onError: 'continue' }],
      ['Answer', 'chat-reply', { text: '=You said {{ $json.message }}' }, { onError: 'errorPort' }],
      ['Nobody', 'edit-fields', edit({ why: '={{ $json.error.code }}' })],
    ],
    ['Asked > Wait a moment', 'Wait a moment > Answer', 'Answer.error > Nobody'],
  ),
  start: {
    items: json({ message: 'Hello', conversation: 'c', from: { name: 'Ana' }, files: [], history: [] }),
    trigger: { kind: 'chat', node: 'Asked', name: 'Asked' },
  },
};

const mailbox: RecordedCase = {
  name: 'mailbox',
  graph: drawGraph(
    [
      ['Mailbox', 'imap-trigger', { credential: 'mailbox-1' }],
      ['Subject', 'edit-fields', { assignments: [{ name: 'subject', value: '={{ $json.subject }}' }] }],
    ],
    ['Mailbox > Subject'],
  ),
  start: {
    items: json({ subject: 'One', imap: { mailbox: 'INBOX', uid: 1, uidValidity: '1' } }, { subject: 'Two' }),
    trigger: { kind: 'poll', node: 'Mailbox', name: 'Mailbox' },
  },
};

const pinnedAndDisabled: RecordedCase = {
  name: 'pinned-and-disabled',
  graph: {
    ...drawGraph(
      [
        ['Start', 'manual-trigger', { sample: '{ "n": 1 }' }],
        ['Pinned', 'http-request', { url: 'https://example.com' }],
        ['Off', 'edit-fields', edit({ never: 'set' }), { disabled: true }],
        ['End', 'no-op'],
      ],
      ['Start > Pinned', 'Pinned > Off', 'Off > End'],
    ),
    pinnedData: { Pinned: json({ pinned: true }) },
  },
  start: { usePinnedData: true },
};

/** One error port among them: a node over a whole list fails as a whole. */
const lists: RecordedCase = {
  name: 'lists',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Paid', 'filter', { ...when('={{ $json.paid }}', 'boolean.true'), rest: true }],
      ['Unique', 'remove-duplicates', { compare: 'selectedFields', fields: 'id' }],
      ['By price', 'sort', { fields: [{ name: 'line.price', order: 'descending' }, { name: 'who' }] }],
      ['Two', 'limit', { maxItems: '={{ $json.line.price > 1 ? 2 : 1 }}' }],
      ['Names', 'rename-fields', { fields: [{ from: 'line.price', to: 'price' }] }],
      ['End', 'edit-fields', edit({ was: "={{ $('Start').item.json.id }}" })],
      ['By nothing', 'sort', { fields: [{ name: 'none' }] }, { onError: 'errorPort' }],
      ['Bad', 'edit-fields', edit({ why: '={{ $json.error.code }}' })],
    ],
    [
      ...['Start > Paid', 'Paid > Unique', 'Unique > By price', 'By price > Two', 'Two > Names'],
      ...['Names > End', 'Paid.rest > By nothing', 'By nothing.error > Bad'],
    ],
  ),
  start: {
    items: json(
      { id: 1, paid: true, who: 'Zé', line: { price: 9 } },
      { id: 2, paid: true, who: 'água', line: { price: 9 } },
      { id: 1, paid: true, who: 'Zé', line: { price: 9 } },
      { id: 3, paid: true, who: 'Ana', line: { price: 10 } },
      { id: 4, paid: false },
      { id: 5, paid: false },
    ),
  },
};

/** Lists into items and back, two lists compared, dates. */
const shapes: RecordedCase = {
  name: 'shapes',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Lines', 'split-out', { fields: 'lines', include: 'selected', includeFields: 'id' }],
      ['Prices', 'summarize', { groupBy: 'id', values: [{ operation: 'sum', field: 'lines.price' }] }],
      ['All', 'aggregate', { fields: [{ name: 'lines.price', as: 'prices' }] }],
      ['Changed', 'edit-fields', edit({ sum_lines_price: '={{ $json.id * 3 }}' })],
      ['Diff', 'compare'],
      ['Then', 'date-time', { operation: 'add', date: '2026-01-31', amount: '={{ $json.id }}' }],
      ['Same', 'edit-fields', edit({ was: "={{ $('Start').item.json.id }}" })],
      ['Gone', 'no-op'],
    ],
    [
      ...['Start > Lines', 'Lines > Prices', 'Lines > All', 'Prices > Diff.input1', 'Prices > Changed'],
      ...['Changed > Diff.input2', 'Diff.same > Then', 'Then > Same', 'Diff.onlyA > Gone'],
    ],
  ),
  start: {
    items: json({ id: 1, lines: [{ price: 1 }, { price: 2 }] }, { id: 2, lines: [{ price: 5 }] }),
  },
};

const stopped: RecordedCase = {
  name: 'stopped',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Wait', 'wait', { amount: 1, unit: 'days' }],
      ['Stop', 'stop-and-error', { message: '={{ "Only " + $json.left }}', code: 'out-of-stock' }],
    ],
    ['Start > Wait', 'Start > Stop'],
  ),
  start: { items: json({ left: 0 }) },
};

/** Execute once and always output data, with a call and a merge behind them. */
const nodeSettings = (stub: string): RecordedCase => ({
  name: 'node-settings',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Once', 'http-request', { method: 'POST', url: `${stub}/ok` }, { executeOnce: true }],
      ['None', 'filter', when('={{ $json.n }}', 'number.gt', 9), { alwaysOutputData: true }],
      ['Both', 'merge', {}, { executeOnce: true }],
      ['End', 'edit-fields', edit({ first: "={{ $('Start').item.json.n }}" })],
    ],
    ['Start > Once', 'Start > None', 'Once > Both.input1', 'None > Both.input2', 'Both > End'],
  ),
  start: { items: json({ n: 1 }, { n: 2 }) },
});

/** Nodes that are called in batches, with parameters of each item and with an item that fails. */
const transforms: RecordedCase = {
  name: 'transforms',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Title', 'html', { values: [{ name: 'title', selector: 'h1' }], keepOthers: true }],
      ['Read', 'xml', { field: 'xml', keepOthers: true }, { onError: 'errorPort' }],
      ['Show', 'markdown', { markdown: '={{ "# " + $json.title }}', output: 'shown' }],
      ['Hash', 'crypto', { value: '={{ $json.shown }}', output: 'hash' }],
      ['Token', 'crypto', { operation: 'random', output: 'token' }],
      ['Bad', 'edit-fields', edit({ why: '={{ $json.error.code }}' })],
      ['Table', 'html', { operation: 'table', columns: 'title, hash' }],
    ],
    [
      ...['Start > Title', 'Title > Read', 'Read > Show', 'Show > Hash', 'Hash > Token', 'Token > Table'],
      'Read.error > Bad',
    ],
  ),
  start: {
    items: json(
      { data: '<h1>One</h1>', xml: '<a>1</a>' },
      { data: '<h1>Two</h1>', xml: '<a>' },
      { data: '<h1>Three</h1>', xml: '<a n="2"/>' },
    ),
  },
};

/** Keys, history and a table that is not there. */
const stored: RecordedCase = {
  name: 'stored',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['New', 'remove-seen', { compare: 'selectedFields', fields: 'id' }],
      ['Count', 'key-value', { operation: 'increment', key: '={{ "count:" + $json.id }}' }],
      ['Keys', 'key-value', { operation: 'list', prefix: 'count:' }, { executeOnce: true }],
      [
        'Insert',
        'data-table',
        { table: 'none', operation: 'insert', cellsFrom: 'item' },
        { onError: 'errorPort' },
      ],
      ['Bad', 'edit-fields', edit({ why: '={{ $json.error.code }}' })],
    ],
    ['Start > New', 'New > Count', 'Count > Insert', 'Insert.error > Bad', 'Bad > Keys'],
  ),
  start: { items: json({ id: 1 }, { id: 2 }, { id: 1 }) },
};

/** A file made of all items, one made of each, read again; an upload without a credential. */
const fileSteps: RecordedCase = {
  name: 'file-steps',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Sheet', 'convert-to-file'],
      ['Rows', 'extract-from-file', { maxRows: 2 }],
      ['Texts', 'convert-to-file', { format: 'text', text: '={{ $json.id }}' }],
      ['Upload', 's3-file', { key: 'x' }, { onError: 'continue' }],
    ],
    ['Start > Sheet', 'Sheet > Rows', 'Rows > Texts', 'Texts > Upload'],
  ),
  start: { items: json({ id: 1 }, { id: 2 }, { id: 3 }) },
};

/** An archive of the files of all items, taken out again and packed each on its own. */
const archives: RecordedCase = {
  name: 'archives',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Texts', 'convert-to-file', { format: 'text', text: '={{ $json.id }}' }],
      ['Pack', 'compress'],
      ['Unpack', 'compress', { operation: 'extract' }],
      ['Each', 'compress', { format: 'gzip' }],
    ],
    ['Start > Texts', 'Texts > Pack', 'Pack > Unpack', 'Unpack > Each'],
  ),
  start: { items: json({ id: 1 }, { id: 2 }) },
};

/** Nodes that talk to other services: here none has a credential that is there, and what the stub answers is not what they want. */
const services = (stub: string): RecordedCase => {
  const goOn = { onError: 'continue' } as const;
  return {
    name: 'services',
    graph: drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Mail', 'send-mail', { from: 'a@example.com', to: 'b@example.com' }, goOn],
        ['Insert', 'postgres', { operation: 'insert', table: 'orders' }, goOn],
        ['Ask', 'graphql', { url: `${stub}/ok`, query: '{ orders { id } }' }, goOn],
        ['Feed', 'rss', { url: `${stub}/ok` }, goOn],
        ['Hook', 'n8n', { url: `${stub}/ok` }],
        ['Flows', 'n8n', { operation: 'listWorkflows' }, goOn],
      ],
      [...['Start > Mail', 'Mail > Insert', 'Insert > Ask', 'Ask > Feed', 'Feed > Hook', 'Hook > Flows']],
    ),
  };
};

/** Without a server: the step fails, and the run goes on. */
const mcp: RecordedCase = {
  name: 'mcp',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      [
        'Call',
        'mcp-tool',
        { server: 'nowhere', tool: 'echo', arguments: '={{ { n: $json.n } }}' },
        { onError: 'errorPort' },
      ],
      ['Why', 'edit-fields', edit({ why: '={{ $json.error.code }}' })],
    ],
    ['Start > Call', 'Call.error > Why'],
  ),
  start: { items: json({ n: 1 }, { n: 2 }) },
};

/** By the sandbox, which needs no key. */
const models: RecordedCase = {
  name: 'models',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Ask', 'llm', { prompt: 'Greet Ana' }],
      ['Sort', 'classify-text', { text: '={{ $json.text }}', categories: [{ name: 'greeting' }] }],
      ['Read', 'extract-data', { text: '={{ $json.category }}', fields: [{ name: 'name' }] }],
      ['Shorten', 'summarize-text', { text: '={{ $json.data.name }}' }],
      ['Vector', 'embeddings', { text: '={{ $json.summary }}', model: 'model:sandbox:sandbox-embedding' }],
      ['Keep', 'edit-fields', edit({ size: '={{ $json.embedding.length }}' })],
    ],
    [...['Start > Ask', 'Ask > Sort', 'Sort > Read', 'Read > Shorten', 'Shorten > Vector', 'Vector > Keep']],
  ),
};

/** In a base that is not there: what a search gives follows from the database, and not from the history. */
const knowledge: RecordedCase = {
  name: 'knowledge',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Look', 'knowledge-search', { base: 'nobodys', query: '={{ $json.ask }}' }, { onError: 'errorPort' }],
      ['Bad', 'edit-fields', edit({ why: '={{ $json.error.code }}' })],
      ['Add', 'knowledge-ingest', { base: 'nobodys', text: '={{ $json.why }}' }, { onError: 'errorPort' }],
      ['Take away', 'knowledge-delete', { base: 'nobodys', value: '={{ $json.error.code }}' }],
    ],
    ['Start > Look', 'Look.error > Bad', 'Bad > Add', 'Add.error > Take away'],
  ),
  start: { items: json({ ask: 'anything' }) },
};

const unknownNodeType: RecordedCase = {
  name: 'unknown-node-type',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['New', 'from-tomorrow'],
    ],
    ['Start > New'],
  ),
};

const calls: RecordedCase = {
  name: 'calls',
  others: {
    Doubles: drawGraph(
      [
        ['Called', 'sub-automation-trigger', { fields: [{ name: 'n', type: 'number' }] }],
        ['Double', 'edit-fields', edit({ n: '={{ $json.n * 2 }}' })],
      ],
      ['Called > Double'],
    ),
  },
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Each', 'sub-automation', { automation: 'other:Doubles', mode: 'each', concurrency: 2 }],
      ['Once', 'sub-automation', { automation: 'other:Doubles', wait: false }],
      ['Absent', 'sub-automation', { automation: 'nowhere' }, { onError: 'continue' }],
    ],
    ['Start > Each', 'Each > Once', 'Once > Absent'],
  ),
  start: { items: json({ n: 1 }, { n: 2 }, { n: 3 }) },
};

const asksAgents: RecordedCase = {
  name: 'agents',
  agents: { Answers: { instructions: 'Answer.' } },
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Ask', 'agent', { agent: 'agent:Answers', message: '={{ $json.n }}', concurrency: 2 }],
      ['Absent', 'agent', { agent: 'nobody', message: 'Hello' }, { onError: 'continue' }],
    ],
    ['Start > Ask', 'Ask > Absent'],
  ),
  start: { items: json({ n: 1 }, { n: 2 }) },
};

const limited: RecordedCase = {
  name: 'limited',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Edit', 'edit-fields', edit({ done: 'yes' })],
    ],
    ['Start > Edit'],
    { concurrency: { limit: 1 }, concurrencyByKey: { limit: 1, key: '={{ $json.customer }}' } },
  ),
  start: { items: json({ customer: 'ana' }) },
};

const afterError: RecordedCase = {
  name: 'after-error',
  graph: drawGraph(
    [
      ['Failed', 'error-trigger'],
      ['Edit', 'edit-fields', edit({ why: '={{ $json.failure.code }}' })],
    ],
    ['Failed > Edit'],
  ),
  start: {
    items: json({ failure: { code: 'stock' } }),
    trigger: { kind: 'error', node: 'Failed', name: 'Failed' },
  },
};

const continued = (stub: string): RecordedCase => ({
  name: 'continued',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Count', 'edit-fields', edit({ n: '={{ ($json.n ?? 0) + 1 }}' })],
      ['Post', 'http-request', { method: 'POST', url: `${stub}/ok` }],
      ['Back', 'edit-fields', edit({ n: "={{ $('Count').item.json.n }}" }, { keepOthers: false })],
      ['More', 'if', when('={{ $json.n }}', 'number.lt', 3)],
      ['End', 'edit-fields', edit({ from: "={{ $('Start').item.json.order }}" })],
    ],
    ['Start > Count', 'Count > Post', 'Post > Back', 'Back > More', 'More.true > Count', 'More.false > End'],
  ),
  start: { items: json({ order: 17 }) },
  continueAsNewAfter: 12,
});

function edit(fields: Record<string, string>, more: JsonObject = {}): JsonObject {
  return { assignments: Object.entries(fields).map(([name, value]) => ({ name, value })), ...more };
}

function when(left: string, operator: string, right: string | number = ''): JsonObject {
  return { conditions: [{ left, operator, right }] };
}
