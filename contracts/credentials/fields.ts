/** Fields that several kinds of credential have. */
import { z } from 'zod';
import { field } from '../field.ts';
import { type Text, text } from '../text.ts';
import { isHostList } from './allowed-hosts.ts';

/** Required unless `optional`. */
export function secretText(label: Text, more: { help?: Text; placeholder?: string } = {}) {
  return field(z.string().min(1).max(20_000), { label, ...more, secret: true });
}

export function optionalSecret(label: Text, more: { help?: Text } = {}) {
  return field(z.string().max(20_000).default(''), { label, ...more, secret: true });
}

export function plainText(label: Text, more: { help?: Text; placeholder?: string; destination?: true } = {}) {
  return field(z.string().trim().min(1).max(2_000), { label, ...more });
}

export const httpUrl = z.url({ protocol: /^https?$/ }).max(2_000);

/** Of what HTTP nodes send: whoever may use it could else have it sent to any address. */
export const allowedHosts = field(
  z
    .string()
    .trim()
    .max(4_000)
    .refine(isHostList, 'Hosts, separated by commas: api.example.com, *.example.org, localhost:8080')
    .default(''),
  {
    label: text('Allowed hosts', 'Hosts permitidos'),
    help: text(
      'It is sent to these and no others; separated by commas. Empty: to any.',
      'Só é enviada a estes; separados por vírgulas. Vazio: a qualquer um.',
    ),
    placeholder: 'api.example.com, *.example.org',
    destination: 'hosts',
  },
);

/** What the test button calls. */
export const testUrl = field(z.union([z.literal(''), httpUrl]).default(''), {
  label: text('Test URL', 'URL de teste'),
  help: text(
    'Called with GET by the test button. Choose one that only answers to a valid credential.',
    'Chamada com GET pelo botão de teste. Escolha uma que só responda a uma credencial válida.',
  ),
  placeholder: 'https://api.example.com/me',
  control: 'text',
  destination: true,
});

/** A token of RFC 9110: letters, digits and a few signs. */
export const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'is not a header name');

/** Everything within one line of visible characters: a line break would end the header. */
export const headerValue = z
  .string()
  .max(20_000)
  .regex(/^[\x20-\x7e\x80-\xff]*$/, 'has characters that HTTP does not allow');

/** Node types whose requests a credential may be added to. */
export const onlyHttp = ['http-request', 'poll-trigger', 'graphql', 'n8n', 'mcp-tool'] as const;

/** Base64 of the UTF-8 bytes. */
export function base64(value: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(value)));
}
