/** What the caller of a webhook with a gate is told: `{ gated, gate, state, run?, message }`. */
import type { DropReason, GateSettings } from '../../contracts/gates.ts';
import { type Language, type Text, text } from '../../contracts/text.ts';

/**
 * - `held`: it waits with others for the run that they share.
 * - `queued`: it waits for its turn.
 * - `passed`: its run starts.
 * - `known`: it came before.
 * - `dropped`: no run starts for it.
 */
export type GateState =
  | { kind: 'held' | 'queued' | 'passed' | 'known' }
  | { kind: 'dropped'; reason: DropReason };

export interface GateAnswer {
  gated: true;
  gate: GateSettings['kind'];
  state: GateState['kind'];
  /** When it is known already. */
  run?: string;
  message: string;
}

export function gateAnswer(
  settings: GateSettings,
  state: GateState,
  run: string | undefined,
  language: Language,
): GateAnswer {
  return {
    gated: true,
    gate: settings.kind,
    state: state.kind,
    ...(run !== undefined && { run }),
    message: messageOf(settings, state)[language],
  };
}

function messageOf(settings: GateSettings, state: GateState): Text {
  if (state.kind === 'known')
    return text(
      'This delivery came before. It counts once.',
      'Esta entrega já tinha chegado. Ela conta uma só vez.',
    );
  if (state.kind === 'passed') return text('A run starts with it.', 'Uma execução começa com ela.');
  if (settings.kind === 'debounce') {
    const [wait, most] = [settings.waitMs / 1_000, settings.maxWaitMs / 1_000];
    return text(
      `Held. One run starts for all that comes, ${wait} s after the last delivery and ${most} s after the first at the latest.`,
      `Retida. Uma só execução começa por tudo o que chegar, ${wait} s após a última entrega e no máximo ${most} s após a primeira.`,
    );
  }
  if (settings.kind === 'batch') {
    const [items, within] = [settings.items, settings.withinMs / 1_000];
    return text(
      `Held. One run starts with up to ${items} deliveries, ${within} s after the first at the latest.`,
      `Retida. Uma só execução começa com até ${items} entregas, no máximo ${within} s após a primeira.`,
    );
  }
  const [runs, period] = [settings.runs, settings.periodMs / 1_000];
  if (state.kind !== 'dropped')
    return text(
      `Queued. Its run starts when its turn comes: ${runs} in ${period} s.`,
      `Na fila. A execução começa quando chegar a sua vez: ${runs} a cada ${period} s.`,
    );
  if (state.reason === 'full')
    return text(
      'Dropped: as many deliveries as the throttle of this webhook holds are waiting.',
      'Descartada: já há tantas entregas esperando quanto o limite deste webhook retém.',
    );
  return text(
    `Dropped: the throttle of this webhook lets ${runs} runs start in ${period} s, and they have started.`,
    `Descartada: o limite deste webhook permite ${runs} execuções a cada ${period} s, e elas já começaram.`,
  );
}
