/** What the Extract from file node does in a thread: everything but CSV. */
import type { ExtractParameters } from '../../../contracts/catalogue/extract-from-file.ts';
import { StepFailure } from '../../../contracts/effect.ts';
import type { JsonObject } from '../../../contracts/json.ts';
import { isObject } from '../../../engine/items/paths.ts';
import { decodeText } from '../../files/decode-stream.ts';
import { withField } from '../fields.ts';
import type { Transform } from '../transform.ts';

export const extractTransform: Transform = {
  list: async (_items, given, file = new Uint8Array()) => {
    const parameters = given as unknown as ExtractParameters;
    const { output } = parameters;
    switch (parameters.format) {
      case 'xlsx':
        return (await import('./xlsx.ts')).readXlsx(file, parameters);
      case 'pdf': {
        const { text, pages } = await (await import('./pdf.ts')).readPdf(file, parameters.password);
        return [{ ...withField({}, output, text, false), pages }];
      }
      case 'json':
        return readJson(decodeText(file, parameters.encoding));
      case 'xml': {
        const { fromXml } = await import('../xml/from-xml.ts');
        return [fromXml(decodeText(file, parameters.encoding), xmlOptions)];
      }
      default:
        return [withField({}, output, decodeText(file, parameters.encoding), false)];
    }
  },
};

const xmlOptions = {
  ...{ attributes: true, attributePrefix: '@', textName: '#text', lists: '' },
  ...{ readNumbers: false, removeNamespaces: false },
};

/** A list gives an item for each entry; so does a file with one JSON value a line. */
function readJson(text: string): JsonObject[] {
  const value = parse(text) ?? text.split(/\r?\n/).flatMap((line, position) => parseLine(line, position));
  const values = Array.isArray(value) ? value : [value];
  return values.map((entry) => (isObject(entry) ? entry : { data: entry }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function parseLine(line: string, position: number): unknown[] {
  if (line.trim() === '') return [];
  try {
    return [JSON.parse(line) as unknown];
  } catch {
    throw new StepFailure({
      code: 'invalid-json',
      message: `The file is not valid JSON, and its line ${position + 1} is none by itself.`,
      hint: 'Files with one JSON value a line are read too. Check the encoding, and that the file is complete.',
    });
  }
}
