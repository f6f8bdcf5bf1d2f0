import { z } from 'zod';
import { dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { fieldPath, keepOthers } from './shared-fields.ts';

export const markdownNode = defineNodeType({
  type: 'markdown',
  version: 1,
  role: 'effect',
  group: 'data',
  icon: 'Markdown',
  label: text('Markdown', 'Markdown'),
  description: text(
    'Turns Markdown into HTML, or HTML into Markdown.',
    'Transforma Markdown em HTML, ou HTML em Markdown.',
  ),
  keywords: ['md', 'html', 'convert', 'converter'],
  parameters: z.object({
    mode: field(z.enum(['markdownToHtml', 'htmlToMarkdown']).default('markdownToHtml'), {
      label: text('Mode', 'Modo'),
      options: {
        markdownToHtml: text('Markdown to HTML', 'Markdown para HTML'),
        htmlToMarkdown: text('HTML to Markdown', 'HTML para Markdown'),
      },
    }),
    markdown: field(dynamicText().default(''), {
      label: text('Markdown', 'Markdown'),
      control: 'multiline',
      showWhen: { mode: ['markdownToHtml'] },
    }),
    html: field(dynamicText().default(''), {
      label: text('HTML', 'HTML'),
      control: 'multiline',
      showWhen: { mode: ['htmlToMarkdown'] },
    }),
    sanitize: field(z.boolean().default(true), {
      label: text('Make it safe to show', 'Deixar seguro para exibir'),
      help: text(
        'Takes out scripts, styles, forms and links that run code. Off only for text that nobody else can write.',
        'Tira scripts, estilos, formulários e links que rodam código. Desligue só para texto que mais ninguém escreve.',
      ),
      showWhen: { mode: ['markdownToHtml'] },
    }),
    output: fieldPath(text('Result goes to', 'O resultado vai para'), 'data'),
    keepOthers: keepOthers(true),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
export type MarkdownParameters = z.output<typeof markdownNode.parameters>;
