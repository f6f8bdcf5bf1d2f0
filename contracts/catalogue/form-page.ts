import { z } from 'zod';
import { dynamicNumber, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { formFieldsParameter } from '../form-fields.ts';
import { defineNodeType } from '../node-type.ts';
import { mainPort, oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { timeoutPort, timeUnit, timeUnitLabels } from './wait.ts';

export const formPageNode = defineNodeType({
  type: 'form-page',
  version: 1,
  role: 'control',
  group: 'flow',
  icon: 'FileText',
  label: text('Form page', 'Página de formulário'),
  description: text(
    'The next page of a form: the run waits until it is sent.',
    'A próxima página de um formulário: a execução espera até que seja enviada.',
  ),
  keywords: ['form', 'step', 'wizard', 'multi-step', 'question', 'formulário', 'passo', 'etapa'],
  parameters: z.object({
    title: field(dynamicText(z.string().max(200)).default(''), { label: text('Title', 'Título') }),
    description: field(dynamicText(z.string().max(5_000)).default(''), {
      label: text('Description', 'Descrição'),
      help: text(
        'Markdown. Whoever sent the form before comes here by themselves; others by {{ $execution.resumeFormUrl }}.',
        'Markdown. Quem enviou o formulário anterior chega aqui sozinho; outros por {{ $execution.resumeFormUrl }}.',
      ),
      control: 'multiline',
    }),
    fields: formFieldsParameter(),
    button: field(dynamicText(z.string().max(60)).default(''), {
      label: text('Button', 'Botão'),
      placeholder: 'Continue',
    }),
    limitWait: field(z.boolean().default(false), {
      label: text('Wait no longer than', 'Esperar no máximo'),
      help: text(
        'After that the items leave at "Timed out".',
        'Depois disso os itens saem em "Prazo esgotado".',
      ),
    }),
    limitAmount: field(dynamicNumber(z.number().min(0)).default(1), {
      label: text('At most', 'No máximo'),
      showWhen: { limitWait: [true] },
    }),
    limitUnit: field(timeUnit.default('days'), {
      label: text('Unit', 'Unidade'),
      options: timeUnitLabels,
      showWhen: { limitWait: [true] },
    }),
  }),
  inputs: oneMain,
  outputs: ({ limitWait }) => (limitWait === true ? [mainPort, timeoutPort] : [mainPort]),
});
