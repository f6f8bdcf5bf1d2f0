/** The Extract from file node. CSV is read as a stream; what needs the whole file is read in a thread. */
import { buffer } from 'node:stream/consumers';
import { type ExtractParameters, extractFromFile } from '../../contracts/catalogue/extract-from-file.ts';
import { type EffectResult, StepFailure } from '../../contracts/effect.ts';
import type { BinaryReference } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { Effect, EffectSettings } from '../effect.ts';
import { mostFileBytes } from '../transforms/transform.ts';
import { binaryOf } from './binary-of.ts';
import { readCsv } from './read-csv.ts';

type Format = Exclude<ExtractParameters['format'], 'auto'>;

export function createExtractFromFileEffect({
  transforms,
  maxResultBytes,
}: Pick<EffectSettings, 'transforms' | 'maxResultBytes'>): Effect {
  return {
    takesSecretVariables: true,
    async run(input, { signal, files, secrets }): Promise<EffectResult> {
      const parameters = extractFromFile.parameters.parse(input.parameters);
      if (parameters.password !== '') secrets.add(parameters.password);
      const reference = binaryOf(input.items[0], parameters.file);
      const format = parameters.format === 'auto' ? formatOf(reference) : parameters.format;
      if (format === 'csv') {
        const rows = await readCsv(await files.open(reference, { signal }), parameters, maxResultBytes);
        return { items: rows.map((json) => ({ json })) };
      }
      if (reference.bytes > mostFileBytes) throw tooLarge(reference);
      const file = new Uint8Array(await buffer(await files.open(reference, { signal })));
      const outcome = await transforms.run(
        input.context.workspace,
        {
          ...{ type: extractFromFile.type, mode: 'list', items: [], file, goesOn: false },
          parameters: [{ ...(parameters as JsonObject), format }],
        },
        signal,
      );
      return { items: outcome.kind === 'list' ? outcome.items.map((json) => ({ json })) : [] };
    },
  };
}

const byType: Record<string, Format> = {
  ...{
    'text/csv': 'csv',
    'text/tab-separated-values': 'csv',
    'application/pdf': 'pdf',
    'application/json': 'json',
  },
  ...{
    'application/xml': 'xml',
    'text/xml': 'xml',
    'text/html': 'text',
    'text/plain': 'text',
    'text/markdown': 'text',
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
};
const byEnding: Record<string, Format> = {
  ...{
    csv: 'csv',
    tsv: 'csv',
    xlsx: 'xlsx',
    xlsm: 'xlsx',
    pdf: 'pdf',
    json: 'json',
    jsonl: 'json',
    ndjson: 'json',
  },
  ...{ xml: 'xml', html: 'text', htm: 'text', txt: 'text', md: 'text', log: 'text' },
};

/** The name comes first: many services send every file as text/plain or as bytes. */
function formatOf({ fileName, mimeType }: BinaryReference): Format {
  const ending = fileName.toLowerCase().split('.').at(-1) ?? '';
  const format = byEnding[ending] ?? byType[mimeType.split(';')[0]?.trim() ?? ''];
  if (format) return format;
  throw new StepFailure({
    code: 'unknown-format',
    message: `What kind of file "${fileName}" (${mimeType}) is does not show.`,
    hint: 'Choose the format in the node. Old Excel files (.xls) have to be saved as .xlsx first.',
  });
}

function tooLarge({ fileName, bytes }: BinaryReference): StepFailure {
  return new StepFailure({
    code: 'file-too-large',
    message: `"${fileName}" has ${Math.round(bytes / 1_000_000)} MB; files of its kind are read up to ${mostFileBytes / 1_000_000} MB.`,
    hint: 'Make it smaller, or have it as CSV, which is read in a stream.',
  });
}
