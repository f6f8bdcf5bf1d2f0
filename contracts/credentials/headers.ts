import { z } from 'zod';
import { field } from '../field.ts';
import { text } from '../text.ts';
import { defineCredentialType } from './credential-type.ts';
import { allowedHosts, headerName, headerValue, onlyHttp, testUrl } from './fields.ts';

const header = z.object({
  name: field(headerName, { label: text('Name', 'Nome') }),
  value: field(headerValue, { label: text('Value', 'Valor'), secret: true }),
});

export const headersCredential = defineCredentialType({
  type: 'headers',
  icon: 'ListDetails',
  label: text('Headers', 'Cabeçalhos'),
  description: text('Any headers, all of them secret.', 'Quaisquer cabeçalhos, todos secretos.'),
  values: z.object({
    headers: field(z.array(header).min(1).max(20), {
      label: text('Headers', 'Cabeçalhos'),
      help: text(
        'Saved as a whole: give all of them again to change one.',
        'Salvos por inteiro: para mudar um, informe todos de novo.',
      ),
      secret: true,
    }),
    allowedHosts,
    testUrl,
  }),
  nodes: onlyHttp,
  tester: 'http',
  apply: ({ headers }) => ({ headers: headers.map(({ name, value }) => [name, value] as const), query: [] }),
});
