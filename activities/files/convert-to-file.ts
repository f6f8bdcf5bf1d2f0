/** The Convert to file node: the file is made in a thread, and kept with the run. */
import { type ConvertParameters, convertToFile } from '../../contracts/catalogue/convert-to-file.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { Effect, EffectSettings } from '../effect.ts';

const types: Record<ConvertParameters['format'], string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  text: 'text/plain; charset=utf-8',
};

export function createConvertToFileEffect({ transforms }: Pick<EffectSettings, 'transforms'>): Effect {
  return {
    async run({ parameters: given, items, context, now }, { signal, files }) {
      const parameters = convertToFile.parameters.parse(given);
      const { format, file: name } = parameters;
      const outcome = await transforms.run(
        context.workspace,
        {
          ...{ type: convertToFile.type, mode: 'makeFile', goesOn: false },
          items: items.map(({ json }) => json),
          parameters: [{ ...(parameters as JsonObject), now }],
        },
        signal,
      );
      const bytes = outcome.kind === 'file' ? outcome.bytes : new Uint8Array();
      const fileName = parameters.fileName || `${name}.${format === 'text' ? 'txt' : format}`;
      const reference = await files.save(bytes, { fileName, mimeType: types[format], signal });
      const json: JsonObject = { fileName: reference.fileName, bytes: reference.bytes };
      return { items: [{ json, binary: { [name]: reference } }] };
    },
  };
}
