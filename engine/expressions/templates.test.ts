import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { checkTemplate, referencedNodes } from './index.ts';

/** Public n8n templates, shared by the team and not part of the repository. */
const FOLDER =
  process.env.HIVIEX_N8N_TEMPLATES ?? new URL('../../../shared/n8n-templates', import.meta.url).pathname;

interface Template {
  nodes?: { parameters?: unknown }[];
}

function* expressions(value: unknown): Generator<string> {
  if (typeof value === 'string' && value.startsWith('=')) yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const child of Object.values(value)) yield* expressions(child);
}

it('understands the expressions of real n8n templates', () => {
  if (!existsSync(FOLDER)) {
    console.warn(`SKIPPED: no n8n templates at ${FOLDER}. Set HIVIEX_N8N_TEMPLATES to run this test.`);
    return;
  }
  const refused = new Map<string, number>();
  let blocks = 0;
  let good = 0;
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json'))) {
    const template = JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as Template;
    for (const node of template.nodes ?? []) {
      expect(() => referencedNodes(node.parameters)).not.toThrow();
      for (const text of expressions(node.parameters)) {
        const count = text.split('{{').length - 1;
        blocks += count;
        const error = checkTemplate(text);
        if (error === undefined) good += count;
        else refused.set(error.message, (refused.get(error.message) ?? 0) + count);
      }
    }
  }
  const reasons = [...refused].sort((a, b) => b[1] - a[1]).slice(0, 25);
  const share = good / blocks;
  console.info(
    `${good} of ${blocks} expression blocks of real templates are understood (${(share * 100).toFixed(2)} %).\n` +
      reasons.map(([message, count]) => `  ${count} × ${message}`).join('\n'),
  );
  expect(blocks).toBeGreaterThan(1_000);
  expect(share).toBeGreaterThanOrEqual(0.95);
});
