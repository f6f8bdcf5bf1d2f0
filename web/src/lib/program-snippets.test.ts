import { expect, it } from '@jest/globals';
import { programSnippets } from './program-snippets.ts';

it('names the model and the address in every language, and quotes what has to be', () => {
  const { curl, javascript, python } = programSnippets('https://hiviex.test', 'acme/it\'s "7b"');
  expect(curl).toContain(`"model":"acme/it'\\''s \\"7b\\""`);
  for (const code of [javascript, python]) {
    expect(code).toContain(`"acme/it's \\"7b\\""`);
    expect(code).toContain('https://hiviex.test/v1');
    expect(code).toContain('HIVIEX_API_KEY');
  }
});
