/**
 * Everything that can go wrong with a call to a model, in classes that decide what is done next: `rules` is that decision, in one
 * table. Texts hold no secret: whoever makes one has masked what a provider said.
 */
import type { ModelErrorKind } from '../contracts/models/call.ts';
import type { ToolCall } from '../contracts/models/chat.ts';
import type { TokenUsage } from '../contracts/models/usage.ts';
import { type Text, text } from '../contracts/text.ts';

export interface ModelErrorFacts {
  kind: ModelErrorKind;
  /** What happened, as far as the provider said: one line. */
  says: string;
  /** HTTP status, where there was an answer. */
  status?: number | undefined;
  /** Milliseconds after which the provider wants to be asked again. */
  retryAfterMs?: number | undefined;
}

/** What had come when it broke. */
export interface PartialAnswer {
  text: string;
  reasoning: string;
  toolCalls: ToolCall[];
  /** Ours, unless the provider said. */
  usage: TokenUsage;
  /** Whether anything was handed on: then nobody else may go on with it. */
  begun: boolean;
}

export class ModelError extends Error {
  readonly kind: ModelErrorKind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  partial: PartialAnswer | undefined;

  constructor({ kind, says, status, retryAfterMs }: ModelErrorFacts, options?: ErrorOptions) {
    super(says, options);
    this.name = 'ModelError';
    this.kind = kind;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Somebody ended the call. */
export function callStopped(): ModelError {
  return new ModelError({ kind: 'aborted', says: 'The call was stopped.' });
}

export interface ErrorRule {
  /**
   * For this call: `again` after a pause or with the next model, whichever comes first; `next`: this model is out, another one may
   * do; `stop`: no model would do better.
   */
  onward: 'again' | 'next' | 'stop';
  /**
   * For everybody: how long this model is left alone, in milliseconds, after so many failures in a row. 0: not at all. By model and
   * credential, never the whole provider: a limit on a large model must not keep anybody from the small one.
   */
  restMs(failures: number, retryAfterMs: number | undefined): number;
  /** How many calls that fail at the same time count as so many in a row. Default: those that make it broken. */
  mostAtOnce?: number;
  /** What to do about it. */
  hint: Text;
}

const second = 1_000;
const minute = 60 * second;
const never = () => 0;

/** Failures in a row after which a model counts as broken. */
export const brokenFrom = 3;

/** The breaker: from the third failure in a row on, twice as long each time. Then one caller tries for all (`claimTry`). */
function breaker(failures: number, retryAfterMs = 0): number {
  const rest = failures < brokenFrom ? 0 : Math.min(5 * minute, 15 * second * 2 ** (failures - brokenFrom));
  return Math.max(rest, Math.min(retryAfterMs, 10 * minute));
}

/** A provider that counts is believed; one that does not say gets longer and longer pauses. */
function coolDown(failures: number, retryAfterMs: number | undefined): number {
  return Math.min(10 * minute, retryAfterMs ?? 5 * second * 2 ** Math.min(failures - 1, 6));
}

export const rules: Record<ModelErrorKind, ErrorRule> = {
  unauthorized: {
    onward: 'next',
    restMs: () => minute,
    hint: text(
      'Test the provider under Models; its key may be wrong, expired, or without the right to this model.',
      'Teste o provedor em Modelos; a chave pode estar errada, vencida ou sem direito a este modelo.',
    ),
  },
  'rate-limited': {
    onward: 'again',
    restMs: coolDown,
    mostAtOnce: 1,
    hint: text(
      'Wait, ask the provider for a higher limit, or add another model to the chain.',
      'Espere, peça um limite maior ao provedor ou adicione outro modelo à cadeia.',
    ),
  },
  'no-credit': {
    onward: 'next',
    restMs: () => minute,
    hint: text(
      'Top up or check the account at the provider, or add another model to the chain.',
      'Recarregue ou confira a conta no provedor, ou adicione outro modelo à cadeia.',
    ),
  },
  unavailable: {
    onward: 'again',
    restMs: breaker,
    hint: text(
      'Try again in a moment, or add a model of another provider to the chain.',
      'Tente de novo em instantes ou adicione à cadeia um modelo de outro provedor.',
    ),
  },
  network: {
    onward: 'again',
    restMs: breaker,
    hint: text(
      'Check the address of the provider, and whether the operator allows it.',
      'Confira o endereço do provedor e se o operador o permite.',
    ),
  },
  timeout: {
    onward: 'again',
    restMs: breaker,
    hint: text(
      'Try again; if it stays, give the provider more time in its settings, or choose a quicker model.',
      'Tente de novo; se continuar, dê mais tempo ao provedor nas configurações ou escolha um modelo mais rápido.',
    ),
  },
  'unknown-model': {
    onward: 'next',
    restMs: never,
    hint: text('Choose a model from the list of the provider.', 'Escolha um modelo da lista do provedor.'),
  },
  'too-long': {
    onward: 'next',
    restMs: never,
    hint: text(
      'Send less, or add a model with a larger window to the chain.',
      'Envie menos ou adicione à cadeia um modelo com janela maior.',
    ),
  },
  refused: {
    onward: 'stop',
    restMs: never,
    hint: text(
      'Look at what is sent: the provider does not answer to this content.',
      'Veja o que é enviado: o provedor não responde a este conteúdo.',
    ),
  },
  'bad-request': {
    onward: 'stop',
    restMs: never,
    hint: text(
      'Correct what the message names; another model would refuse it too.',
      'Corrija o que a mensagem cita; outro modelo também recusaria.',
    ),
  },
  'bad-answer': {
    onward: 'again',
    restMs: breaker,
    hint: text(
      'Check that the address of the provider ends where its API begins, mostly with /v1.',
      'Confira se o endereço do provedor termina onde começa a API, em geral com /v1.',
    ),
  },
  aborted: {
    onward: 'stop',
    restMs: never,
    hint: text('Start it again.', 'Inicie de novo.'),
  },
  resting: {
    onward: 'again',
    restMs: never,
    hint: text(
      'Wait a moment, or add a model of another provider to the chain. Testing the provider ends the rest.',
      'Espere um momento ou adicione à cadeia um modelo de outro provedor. Testar o provedor encerra a pausa.',
    ),
  },
  limited: {
    onward: 'again',
    restMs: never,
    hint: text('Wait, or raise the limit under Models.', 'Espere ou aumente o limite em Modelos.'),
  },
  // A model that costs less may still fit.
  'over-budget': {
    onward: 'next',
    restMs: never,
    hint: text(
      'Raise the budget under Models, or wait for its next period.',
      'Aumente o orçamento em Modelos ou espere o próximo período.',
    ),
  },
  'not-priced': {
    onward: 'next',
    restMs: never,
    hint: text(
      'Say under Models → Prices what it costs; 0 if nothing.',
      'Informe em Modelos → Preços quanto ele custa; 0 se nada.',
    ),
  },
  'no-model': {
    onward: 'stop',
    restMs: never,
    hint: text(
      'Choose another model or chain, or turn the provider on under Models.',
      'Escolha outro modelo ou cadeia, ou ligue o provedor em Modelos.',
    ),
  },
};
