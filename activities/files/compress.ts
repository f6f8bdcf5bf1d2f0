/** The Compress node: ZIP and GZIP, both ways, as streams. */
import { pipeline, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip, createGzip } from 'node:zlib';
import { type CompressParameters, compress } from '../../contracts/catalogue/compress.ts';
import { type EffectInput, type EffectResult, StepFailure } from '../../contracts/effect.ts';
import type { BinaryReference, Item } from '../../contracts/item.ts';
import type { Effect, EffectRun } from '../effect.ts';
import { binaryOf } from './binary-of.ts';
import { fileType } from './file-type.ts';
import { badArchive } from './zip/archive-failure.ts';
import { isOfZlib, mostEntries, openEntry, zipEntries } from './zip/read-zip.ts';
import { writeZip } from './zip/write-zip.ts';

type Run = Pick<EffectRun, 'files' | 'signal'>;

export function createCompressEffect(): Effect {
  return {
    async run(input, run): Promise<EffectResult> {
      const parameters = compress.parameters.parse(input.parameters);
      if (parameters.operation === 'compress') {
        const items =
          parameters.format === 'zip'
            ? await zip(input, parameters, run)
            : await gzip(input, parameters, run);
        return { items };
      }
      const reference = binaryOf(input.items[0], parameters.file);
      return { items: await extract(reference, parameters.output, run) };
    },
  };
}

async function zip(
  { items, now }: EffectInput,
  { files: names, fileName, level, output }: CompressParameters,
  { files, signal }: Run,
): Promise<Item[]> {
  const references = items.flatMap((item) => filesOf(item, names));
  if (references.length === 0) throw nothingToPack();
  if (references.length > mostEntries)
    throw new StepFailure({
      code: 'too-many-files',
      message: `An archive holds ${mostEntries.toLocaleString('en')} files at most, and these are ${references.length}.`,
      hint: 'Pack them in parts: a Loop over items before this step, or a Filter.',
    });
  const unique = uniqueNames(references.map((reference) => reference.fileName));
  const packing = references.map((reference, index) => ({
    name: unique[index] as string,
    open: () => files.open(reference, { signal }),
  }));
  const body = Readable.from(writeZip(packing, { at: new Date(now), level }), { objectMode: false });
  const name = fileName.trim() === '' ? 'archive.zip' : fileName.trim();
  const saved = await files.save(body, { fileName: name, mimeType: 'application/zip', signal });
  return [itemOf(saved, output, { files: references.length })];
}

async function gzip(
  { items }: EffectInput,
  { files: names, level, output }: CompressParameters,
  { files, signal }: Run,
): Promise<Item[]> {
  const references = items.flatMap((item) => filesOf(item, names));
  if (references.length === 0) throw nothingToPack();
  const made: Item[] = [];
  for (const reference of references) {
    const body = pipeline(await files.open(reference, { signal }), createGzip({ level }), () => undefined);
    const fileName = `${reference.fileName}.gz`;
    made.push(itemOf(await files.save(body, { fileName, mimeType: 'application/gzip', signal }), output));
  }
  return made;
}

/** What an archive holds shows in its first bytes; names and types of files are often wrong. */
async function extract(reference: BinaryReference, output: string, run: Run): Promise<Item[]> {
  const { files, signal } = run;
  const head =
    reference.bytes < 2
      ? Buffer.alloc(2)
      : await buffer(await files.open(reference, { range: { start: 0, end: 1 }, signal }));
  if (head.readUInt16BE(0) === 0x1f8b) return [await gunzip(reference, output, run)];
  const archive = { reference, files, signal };
  const items: Item[] = [];
  for (const entry of await zipEntries(archive)) {
    const path = pathOf(entry.name);
    const fileName = path.split('/').at(-1) as string;
    const saved = await files.save(await openEntry(archive, entry), {
      fileName,
      mimeType: fileType(fileName),
      signal,
    });
    items.push(itemOf(saved, output, { path }));
  }
  return items;
}

async function gunzip(reference: BinaryReference, output: string, { files, signal }: Run): Promise<Item> {
  const fileName = reference.fileName.replace(/\.gz$/i, '').replace(/\.tgz$/i, '.tar');
  const body = pipeline(await files.open(reference, { signal }), createGunzip(), () => undefined);
  try {
    // As large as a file may be here, and no larger: a gzip says nothing of what it holds.
    return itemOf(await files.save(body, { fileName, mimeType: fileType(fileName), signal }), output);
  } catch (error) {
    throw isOfZlib(error) ? badArchive(reference.fileName, 'it is damaged') : error;
  }
}

function itemOf(saved: BinaryReference, output: string, more: Record<string, string | number> = {}): Item {
  return { json: { fileName: saved.fileName, bytes: saved.bytes, ...more }, binary: { [output]: saved } };
}

function filesOf(item: Item, names: string): BinaryReference[] {
  const wanted = names.split(',').flatMap((name) => name.trim() || []);
  return wanted.length === 0 ? Object.values(item.binary ?? {}) : wanted.map((name) => binaryOf(item, name));
}

/** Two files of one name would be one when they are taken out: `a.txt`, `a (2).txt`. */
function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const [, stem = name, ending = ''] = /^(.*?)(\.[^.]*)?$/s.exec(name) ?? [];
    let free = name;
    for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${stem} (${number})${ending}`;
    taken.add(free.toLowerCase());
    return free;
  });
}

/** As it is shown and told apart by: without a root, and without ways up. Nothing is ever stored under it. */
function pathOf(name: string): string {
  const parts = name.split(/[\\/]/).filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.join('/') || 'file';
}

function nothingToPack(): StepFailure {
  return new StepFailure({
    code: 'no-file',
    message: 'No item has a file to pack.',
    hint: 'A step before this one has to make one: HTTP request, Convert to file, S3 file.',
  });
}
