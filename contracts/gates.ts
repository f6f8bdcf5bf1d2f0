/**
 * Gates: between a call or an event and its run. A trigger with one starts no run itself; its deliveries are held by a workflow
 * (`gate:<workspace>:<automation>:<node>:<hash of the key>`), which starts runs with them.
 */
import { z } from 'zod';
import { field } from './field.ts';
import type { Item } from './item.ts';
import { text } from './text.ts';

/** The most deliveries, and bytes of their JSON, that a gate puts into one run. */
export const mostGathered = 1_000;
export const mostGatheredBytes = 1_000_000;
/** The most bytes that wait at a throttle: they are in the worker's memory. */
export const mostHeldBytes = 10_000_000;

const week = 7 * 24 * 3_600;
const seconds = z.number().min(0.1).max(week);

/** Parameters of triggers that may have a gate. */
export const gateFields = {
  gate: field(z.enum(['none', 'debounce', 'throttle', 'batch']).default('none'), {
    label: text('Gate', 'Controle de chegada'),
    help: text(
      'What happens to deliveries before there is a run.',
      'O que acontece com as entregas antes de haver uma execução.',
    ),
    options: {
      none: text('None: each starts a run', 'Nenhum: cada uma inicia uma execução'),
      debounce: text('Debounce: wait until it is quiet', 'Debounce: esperar até silenciar'),
      throttle: text('Throttle: so many runs a period', 'Throttle: tantas execuções por período'),
      batch: text('Batch: many in one run', 'Lote: várias em uma execução'),
    },
  }),
  gateWait: field(seconds.default(10), {
    label: text('Quiet for (seconds)', 'Silêncio de (segundos)'),
    help: text(
      'The run starts this long after the last delivery.',
      'A execução começa este tempo após a última entrega.',
    ),
    showWhen: { gate: ['debounce'] },
  }),
  gateMaxWait: field(seconds.default(300), {
    label: text('Wait at most (seconds)', 'Esperar no máximo (segundos)'),
    help: text(
      'Counted from the first delivery, though more keep coming.',
      'Contado da primeira entrega, mesmo que outras continuem chegando.',
    ),
    showWhen: { gate: ['debounce'] },
  }),
  gateKeep: field(z.enum(['last', 'all']).default('last'), {
    label: text('The run gets', 'A execução recebe'),
    options: {
      last: text('The last delivery', 'A última entrega'),
      all: text('All of them, as items', 'Todas, como itens'),
    },
    showWhen: { gate: ['debounce'] },
  }),
  gateRuns: field(z.int().min(1).max(mostGathered).default(1), {
    label: text('Runs', 'Execuções'),
    showWhen: { gate: ['throttle'] },
  }),
  gatePeriod: field(seconds.default(60), {
    label: text('Per period of (seconds)', 'Por período de (segundos)'),
    showWhen: { gate: ['throttle'] },
  }),
  gateOver: field(z.enum(['queue', 'drop']).default('queue'), {
    label: text('The rest', 'O restante'),
    options: {
      queue: text('Waits for its turn', 'Espera a sua vez'),
      drop: text('Is dropped', 'É descartado'),
    },
    showWhen: { gate: ['throttle'] },
  }),
  gateItems: field(z.int().min(1).max(mostGathered).default(100), {
    label: text('Items in a run, at most', 'Itens por execução, no máximo'),
    showWhen: { gate: ['batch'] },
  }),
  gateWithin: field(seconds.default(60), {
    label: text('Wait for more, at most (seconds)', 'Esperar por mais, no máximo (segundos)'),
    showWhen: { gate: ['batch'] },
  }),
  gateKey: field(z.string().max(1_000).default(''), {
    label: text('A gate for each', 'Um controle para cada'),
    help: text(
      'Path in the body, such as customer.id, or an expression. Empty: one gate for all.',
      'Caminho no corpo, como customer.id, ou uma expressão. Vazio: um controle para todas.',
    ),
    placeholder: 'customer.id',
    showWhen: { gate: ['debounce', 'throttle', 'batch'] },
  }),
};

export type GateParameters = z.output<z.ZodObject<typeof gateFields>>;

/** What is wrong with a gate's parameters beyond each of them alone. */
export function gateProblems({ gate, gateWait, gateMaxWait }: GateParameters) {
  if (gate !== 'debounce' || gateMaxWait >= gateWait) return [];
  return [
    {
      path: ['gateMaxWait'],
      message: text(
        'The longest wait is shorter than the quiet that the gate waits for.',
        'A espera máxima é menor que o silêncio que o controle aguarda.',
      ),
    },
  ];
}

/** What a gate does. Times in milliseconds. */
export type GateSettings =
  | { kind: 'debounce'; waitMs: number; maxWaitMs: number; keep: 'last' | 'all' }
  | { kind: 'throttle'; runs: number; periodMs: number; over: 'queue' | 'drop' }
  | { kind: 'batch'; items: number; withinMs: number };

/** Undefined for a trigger without a gate. */
export function gateSettingsOf(parameters: GateParameters): GateSettings | undefined {
  const { gate: kind } = parameters;
  if (kind === 'debounce') {
    const { gateWait, gateMaxWait, gateKeep: keep } = parameters;
    return { kind, waitMs: gateWait * 1_000, maxWaitMs: gateMaxWait * 1_000, keep };
  }
  if (kind === 'throttle') {
    const { gateRuns: runs, gatePeriod, gateOver: over } = parameters;
    return { kind, runs, periodMs: gatePeriod * 1_000, over };
  }
  if (kind === 'batch') {
    const { gateItems: items, gateWithin } = parameters;
    return { kind, items, withinMs: gateWithin * 1_000 };
  }
  return undefined;
}

/** Temporal's name of the workflow. */
export const gateWorkflow = 'gate';
/** The signal that hands it a `GateCall`; and the update that does so and gives the `GateVerdict`. */
export const gateSignal = 'pass';
export const gateUpdate = 'passAndTell';

/**
 * What becomes of a delivery:
 *
 * - `held`: it is in one of the next runs, or (a debounce that keeps the last) replaced by a later one.
 * - `known`: it came before, and counts once.
 * - `dropped`: no run starts for it.
 */
export type GateVerdict = { kind: 'held' } | { kind: 'known' } | { kind: 'dropped'; reason: DropReason };

/** What comes in at a gate. */
export interface GateDelivery {
  /** The run that it would start without a gate: two with the same id are one delivery. */
  id: string;
  /** Of an event: its id. */
  event?: string | undefined;
  /** Of a call that is in the log of deliveries: the log is told what becomes of it. */
  logged?: boolean | undefined;
  item: Item;
  /** Of the item as JSON. */
  bytes: number;
  /** How long a second one with this id may come. Milliseconds. */
  rememberMs: number;
}

export interface GateCall {
  settings: GateSettings;
  delivery: GateDelivery;
}

/** The trigger that a gate stands in front of. */
export interface GatePlace {
  workspace: string;
  automation: string;
  node: string;
  kind: 'webhook' | 'event';
}

/**
 * - `throttled`: it was one too many in its period, and the gate drops those.
 * - `full`: as many as a gate holds were waiting.
 * - `unpublished`: the trigger was not published any more when its time came.
 */
export const dropReason = z.enum(['throttled', 'full', 'unpublished']);
export type DropReason = z.output<typeof dropReason>;

/** Where a logged call is: `held`, `passed` (its run has it, or that of the call that replaced it), or why it was dropped. */
export const gatedState = z.enum(['held', 'passed', ...dropReason.options]);
export type GatedState = z.output<typeof gatedState>;
