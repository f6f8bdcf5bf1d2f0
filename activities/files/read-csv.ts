/** CSV as a stream: memory holds what goes into items, whatever the size of the file. */
import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { ExtractParameters } from '../../contracts/catalogue/extract-from-file.ts';
import { StepFailure } from '../../contracts/effect.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { columnNames, rowObject } from '../transforms/extract/rows.ts';
import { decodeStream } from './decode-stream.ts';

/** Characters of one row: a quote that is never closed would else take in the whole file. */
const mostRowCharacters = 1_000_000;

type CsvParameters = Pick<ExtractParameters, 'delimiter' | 'encoding' | 'headerRow' | 'skipRows' | 'maxRows'>;

/** Row by row; the source is closed when nobody reads on. @throws StepFailure `bad-csv` with the line; errors of the stream as they are */
export async function* csvRecords(
  source: Readable,
  { delimiter, encoding, skipRows }: Pick<CsvParameters, 'delimiter' | 'encoding' | 'skipRows'>,
): AsyncGenerator<string[]> {
  const { text, head } = await decodeStream(source, encoding);
  const parser = parse({
    delimiter: delimiter === 'auto' ? guessDelimiter(head) : asCharacter(delimiter),
    ...{ bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true },
    max_record_size: mostRowCharacters,
    from: Number(skipRows) + 1,
  });
  text.on('error', (error) => parser.destroy(error));
  text.pipe(parser);
  try {
    yield* parser as AsyncIterable<string[]>;
  } catch (error) {
    if (error instanceof CsvError) throw badCsv(error);
    throw error;
  } finally {
    source.destroy();
    text.destroy();
  }
}

/** @throws StepFailure `bad-csv` with the line, `too-many-rows`; errors of the stream as they are */
export async function readCsv(
  source: Readable,
  parameters: CsvParameters,
  maxBytes: number,
): Promise<JsonObject[]> {
  const rows: JsonObject[] = [];
  let names: string[] | undefined;
  let bytes = 0;
  for await (const record of csvRecords(source, parameters)) {
    if (parameters.headerRow && names === undefined) {
      names = columnNames(record);
      continue;
    }
    const row = rowObject(names, record);
    bytes += JSON.stringify(row).length + 12;
    if (bytes > maxBytes) throw tooManyRows(rows.length, maxBytes);
    rows.push(row);
    if (rows.length >= Number(parameters.maxRows)) break;
  }
  return rows;
}

/** The one that stands in the first lines most often, and in each of them. */
function guessDelimiter(head: string): string {
  const lines = head
    .replace(/"[^"]*"/g, '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .slice(0, 10);
  const score = (delimiter: string) => Math.min(...lines.map((line) => line.split(delimiter).length - 1));
  const [best] = [',', ';', '\t', '|']
    .map((delimiter) => ({ delimiter, score: lines.length === 0 ? 0 : score(delimiter) }))
    .sort((a, b) => b.score - a.score);
  return best && best.score > 0 ? best.delimiter : ',';
}

function asCharacter(delimiter: string): string {
  return delimiter === 'tab' ? '\t' : delimiter;
}

function badCsv(error: CsvError): StepFailure {
  const line = (error as { lines?: number }).lines;
  return new StepFailure({
    code: 'bad-csv',
    message: `The CSV cannot be read${line === undefined ? '' : ` near line ${line}`}: ${error.message.slice(0, 200)}`,
    hint: 'A quote that is opened and never closed is the most frequent cause; check the separator and encoding too.',
  });
}

function tooManyRows(count: number, maxBytes: number): StepFailure {
  return new StepFailure({
    code: 'too-many-rows',
    message: `The file has more rows than a step may hand on (${maxBytes / 1_000_000} MB); ${count} fit.`,
    hint: 'Read it in parts: with "Rows to skip before" and "Rows at most", in a loop.',
  });
}
