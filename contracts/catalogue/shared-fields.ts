/** Parameters that several node types have. */
import { z } from 'zod';
import { credentialId } from '../credentials/credential-id.ts';
import { dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { type Text, text } from '../text.ts';

export const nameAndValue = z.object({
  name: field(dynamicText().default(''), { label: text('Name', 'Nome') }),
  value: field(dynamicText().default(''), { label: text('Value', 'Valor') }),
});

export const authentication = field(z.enum(['none', 'credential']).default('none'), {
  label: text('Authentication', 'Autenticação'),
  options: { none: text('None', 'Nenhuma'), credential: text('A credential', 'Uma credencial') },
});

/** The name or path of a field of the item. */
export function fieldPath(label: Text, standard: string, more: { help?: Text; showWhen?: ShowWhen } = {}) {
  return field(z.string().trim().min(1, 'A field needs a name.').max(500).default(standard), {
    label,
    ...more,
  });
}
type ShowWhen = Record<string, readonly (string | number | boolean)[]>;

export const keepOthers = (standard: boolean, showWhen?: ShowWhen) =>
  field(z.boolean().default(standard), {
    label: text('Keep the other fields', 'Manter os outros campos'),
    ...(showWhen && { showWhen }),
  });

export const credentialField = (showWhen?: ShowWhen) =>
  field(credentialId.default(''), {
    label: text('Credential', 'Credencial'),
    help: text(
      'Its secrets are filled in when the step runs, and never appear in the run.',
      'Seus segredos são preenchidos quando o passo roda, e nunca aparecem na execução.',
    ),
    control: 'credential',
    ...(showWhen && { showWhen }),
  });

/** For `check` of a node that can do nothing without one. */
export function credentialMissing(credential: string) {
  return credential === ''
    ? [{ path: ['credential'], message: text('Choose a credential.', 'Escolha uma credencial.') }]
    : [];
}
