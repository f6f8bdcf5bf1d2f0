/** Parameters that all nodes which ask a model have. */
import { z } from 'zod';
import { dynamicNumber, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { parseModelChoice } from '../models/chain.ts';
import { defaultMaxTokens } from '../models/chat.ts';
import { text } from '../text.ts';

/** A choice as contracts/models/chain.ts writes it; '': the workspace's default. */
export const modelField = () =>
  field(z.string().max(400).default(''), {
    label: text('Model', 'Modelo'),
    help: text(
      'A chain, or one model. Without a choice, the default chain of the workspace; without that, the sandbox, which is no AI.',
      'Uma cadeia ou um modelo. Sem escolha, a cadeia padrão do workspace; sem ela, o sandbox, que não é IA.',
    ),
    control: 'model',
  });

export const temperatureField = () =>
  field(dynamicText().default(''), {
    label: text('Temperature', 'Temperatura'),
    placeholder: '0.2',
    help: text(
      "0 to 2: how freely it answers. Empty: the model's own.",
      '0 a 2: com que liberdade responde. Vazio: a do modelo.',
    ),
  });

export const maxTokensField = () =>
  field(dynamicNumber(z.number().int().min(1).max(1_000_000)).default(defaultMaxTokens), {
    label: text('Most tokens of the answer', 'Máximo de tokens da resposta'),
    help: text(
      'What a budget reserves for the call follows from it.',
      'O que um orçamento reserva para a chamada depende dele.',
    ),
  });

export const concurrencyField = () =>
  field(z.int().min(1).max(50).default(5), {
    label: text('Calls at a time', 'Chamadas ao mesmo tempo'),
  });

/** For `check`. */
export function modelUnreadable(model: string) {
  return parseModelChoice(model) === undefined
    ? [{ path: ['model'], message: text('Choose a model.', 'Escolha um modelo.') }]
    : [];
}
