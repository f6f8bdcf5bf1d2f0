/** Documents of every kind, made by other programs where there is one, and documents made to do harm. */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { constants, deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import PDFDocument from 'pdfkit';
import type { ChunkText } from '../../../contracts/knowledge/chunk.ts';
import { chunking } from '../../../contracts/knowledge/knowledge-base.ts';
import { writeZip } from '../../files/zip/write-zip.ts';
import { createTransformPool, type TransformPool } from '../../transforms/transform-pool.ts';
import { DocumentRefusal } from '../document-refusal.ts';
import { extractDocument } from './extract-document.ts';
import { languageOf } from './language-of.ts';

let transforms: TransformPool;
beforeAll(() => {
  transforms = createTransformPool({ maxThreads: 1, maxExternalBytes: 150_000_000 });
});
afterAll(() => transforms.close());

interface Source {
  name: string;
  type?: string;
  body: Uint8Array | string | (() => Readable);
  bytes?: number;
  timeoutMs?: number;
}

async function extract({ name, type = '', body, bytes, timeoutMs }: Source) {
  const data = typeof body === 'function' ? undefined : Buffer.from(body);
  const { chunks, ...facts } = await extractDocument(
    {
      ...{ name, type, bytes: bytes ?? data?.length ?? Number.MAX_SAFE_INTEGER },
      open: async (range) => {
        if (data)
          return Readable.from([
            data.subarray(range?.start, range?.end === undefined ? undefined : range.end + 1),
          ]);
        return range ? Readable.from([Buffer.alloc(16, 'a')]) : (body as () => Readable)();
      },
    },
    {
      ...{ workspace: 'ws', transforms, signal: new AbortController().signal, timeoutMs },
      chunking: chunking.parse({ size: 100, overlap: 0 }),
    },
  );
  const made: ChunkText[] = [];
  for await (const batch of chunks) made.push(...batch);
  return { ...facts, chunks: made };
}

async function refusal(source: Source): Promise<unknown> {
  try {
    const { chunks } = await extract(source);
    return `${chunks.length} chunks`;
  } catch (error) {
    if (error instanceof DocumentRefusal) return error.failure;
    throw error;
  }
}
const codeOf = async (source: Source) => ((await refusal(source)) as { code?: string }).code;
const shown = (chunks: ChunkText[]) => chunks.map(({ headings, text }) => [headings.join(' > '), text]);

async function pdf(write: (document: typeof PDFDocument.prototype) => void, options = {}): Promise<Buffer> {
  const document = new PDFDocument(options);
  const made = buffer(document as unknown as Readable);
  write(document);
  document.end();
  return made;
}

async function zip(entries: Record<string, string>): Promise<Buffer> {
  const packing = Object.entries(entries).map(([name, text]) => ({
    name,
    open: async () => Readable.from([Buffer.from(text)]),
  }));
  return buffer(Readable.from(writeZip(packing, { at: new Date(0), level: 6 })));
}

const word = (body: string) =>
  zip({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  });
const paragraph = (text: string, style = '') =>
  `<w:p>${style && `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t>${text}</w:t></w:r></w:p>`;

describe('documents', () => {
  it('PDF: passages know their page, and what is set larger is a heading', async () => {
    const body = await pdf(
      (document) => {
        document
          .fontSize(20)
          .text('Travel')
          .fontSize(11)
          .text('Trains are booked by the assistant. '.repeat(12));
        document
          .addPage()
          .fontSize(16)
          .text('Hotels')
          .fontSize(11)
          .text('Up to 150 euros a night. '.repeat(20));
      },
      { info: { Title: 'Travel rules' } },
    );
    const { chunks, ...facts } = await extract({ name: 'rules.pdf', body });
    expect(facts).toEqual({ kind: 'pdf', pages: 2, title: 'Travel rules' });
    expect(chunks.map(({ page }) => page)).toEqual([1, 1, 2, 2]);
    expect(chunks[0]).toMatchObject({
      headings: ['Travel'],
      text: expect.stringMatching(/^Travel\n\nTrains/),
    });
    expect(chunks[2]).toMatchObject({ headings: ['Travel', 'Hotels'] });
  });

  it('Word: headings, paragraphs, tables', async () => {
    const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`;
    const table = `<w:tbl><w:tr>${cell('name')}${cell('city')}</w:tr><w:tr>${cell('Ana')}${cell('Recife')}</w:tr></w:tbl>`;
    const body = await word(
      paragraph('Guide', 'Heading1') + paragraph('Use snake_case.') + paragraph('People', 'Heading2') + table,
    );
    const { chunks } = await extract({ name: 'guide.docx', body });
    expect(shown(chunks)).toEqual([
      ['Guide', '# Guide\n\nUse snake\\_case.'.replace('\\', '')],
      ['Guide > People', '## People\n\n| name | city |\n| Ana | Recife |'],
    ]);
  });

  it('HTML: what the page is about, without what is around it', async () => {
    const body = `<html><head><title> The
      shop </title><script>x()</script></head><body><nav>Home</nav><main><h1>Returns</h1><p>Within <b>30</b> days, see
      <a href="https://x.example/very/long">here</a>.</p><pre><code># keep</code></pre></main><footer>© us</footer></body></html>`;
    const { chunks, title } = await extract({
      name: 'https://x.example/',
      type: 'text/html; charset=utf-8',
      body,
    });
    expect(title).toBe('The shop');
    expect(shown(chunks)).toEqual([
      ['Returns', '# Returns\n\nWithin 30 days, see here.\n\n```\n# keep\n```'],
    ]);
  });

  it('Excel: every row says its columns, under its sheet', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('Prices');
    sheet.addRows([
      ['item', 'price'],
      ['Desk', 120],
      ['Chair', 40.5],
    ]);
    workbook.addWorksheet('Empty');
    const { chunks } = await extract({
      name: 'a.xlsx',
      body: Buffer.from(await workbook.xlsx.writeBuffer()),
    });
    expect(shown(chunks)).toEqual([
      ['Prices', '## Prices\n\nitem: Desk\nprice: 120\n\nitem: Chair\nprice: 40.5'],
    ]);
  });

  it.each<[string, Source, string]>([
    [
      'CSV',
      { name: 'a.csv', body: 'nome;cidade\nJoão;"São\nPaulo"\nZé;\n' },
      'nome: João\ncidade: São\nPaulo\n\nnome: Zé',
    ],
    ['Windows’ encoding', { name: 'a.txt', body: Buffer.from('ação', 'latin1') }, 'ação'],
    [
      'UTF-16',
      { name: 'a.txt', body: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('ação', 'utf16le')]) },
      'ação',
    ],
    ['UTF-16 without its mark', { name: 'a.md', body: Buffer.from('# not told', 'utf16le') }, '# not told'],
    ['UTF-16, big end first', { name: 'a.txt', body: Buffer.from('\ufeffação', 'utf16le').swap16() }, 'ação'],
    ['text of the web', { name: 'https://x.example/a', type: 'text/plain', body: 'hi' }, 'hi'],
  ])('%s', async (_, source, text) => {
    expect((await extract(source)).chunks.map((chunk) => chunk.text)).toEqual([text]);
  });

  it('tell their language', () => {
    expect(languageOf('The invoice has to be paid within thirty days of receipt.')).toBe('english');
    expect(languageOf('A fatura deve ser paga em até trinta dias após o recebimento.')).toBe('portuguese');
    expect(languageOf('請求書は三十日以内に支払われなければならない。')).toBe('simple');
    expect(languageOf('')).toBe('simple');
  });
});

describe('a document that does harm, or is none, says why', () => {
  it.each<[string, string, () => Source | Promise<Source>]>([
    ['is empty', 'document-empty', () => ({ name: 'a.pdf', body: '' })],
    ['has no text', 'document-empty', async () => ({ name: 'a.pdf', body: await pdf(() => {}) })],
    ['is white space', 'document-empty', () => ({ name: 'a.md', body: ' \n\n\t' })],
    ['is only a header', 'document-empty', () => ({ name: 'a.csv', body: 'a,b\n' })],
    ['is a picture', 'document-kind-unknown', () => ({ name: 'a', type: 'image/png', body: '\u0089PNG' })],
    ['is an archive', 'document-kind-unknown', () => ({ name: 'a.zip', body: 'PK\u0003\u0004' })],
    ['is bytes', 'document-not-text', () => ({ name: 'a.txt', body: Buffer.from([1, 0, 0, 2, 0, 0, 0, 3]) })],
    ['is cut short', 'document-unreadable', () => ({ name: 'a.pdf', body: '%PDF-1.7 nothing' })],
    ['is no workbook', 'document-unreadable', async () => ({ name: 'a.xlsx', body: await zip({ a: 'b' }) })],
    ['is no Word file', 'document-unreadable', async () => ({ name: 'a.docx', body: await zip({ a: 'b' }) })],
    [
      'never closes a quote',
      'document-unreadable',
      () => ({ name: 'a.csv', body: `a\n"${'x'.repeat(1_100_000)}` }),
    ],
    [
      'has a password',
      'document-locked',
      async () => ({ name: 'a.pdf', body: await pdf((d) => void d.text('x'), { userPassword: 'secret' }) }),
    ],
    ['is too large', 'document-too-large', () => ({ name: 'a.html', body: '<p>', bytes: 50_000_001 })],
    [
      'nests without end',
      'document-too-complex',
      () => ({ name: 'a.html', body: '<div>'.repeat(100_000), timeoutMs: 1_000 }),
    ],
  ])('when it %s: %s', async (_, code, source) => {
    expect(await codeOf(await source())).toBe(code);
  });

  it('when an archive holds more than it claims, or claims more than any', async () => {
    const honest = await word(paragraph(' '.repeat(5_000_000)));
    const central = honest.lastIndexOf('PK\u0001\u0002');
    const lies = Buffer.from(honest);
    lies.writeUInt32LE(10, central + 24);
    expect(await codeOf({ name: 'a.docx', body: lies })).toBe('document-unreadable');
    const huge = Buffer.from(honest);
    huge.writeUInt32LE(4_000_000_000, central + 24);
    expect(await codeOf({ name: 'a.docx', body: huge })).toBe('document-too-complex');
  });

  it('when a page of a PDF unpacks to gigabytes: the thread ends, and the next document is read', async () => {
    const before = process.memoryUsage.rss();
    const body = pdfBomb(2_000_000_000);
    expect(body.length).toBeLessThan(5_000_000);
    expect(await codeOf({ name: 'bomb.pdf', body })).toBe('document-too-complex');
    expect(process.memoryUsage.rss() - before).toBeLessThan(700_000_000);
    expect((await extract({ name: 'a.html', body: '<p>fine' })).chunks).toHaveLength(1);
  });

  it.each([
    ['rows', 'a.csv', 'id,name\n', 'somebody,somewhere\n'],
    ['text without a line', 'a.txt', '', 'x'.repeat(100)],
  ])(
    'when two gigabytes of %s go on and on: it is left where it is too long',
    async (_, name, first, row) => {
      let given = 0;
      const block = Buffer.from(row.repeat(Math.ceil(65_536 / row.length)));
      function* rows() {
        yield Buffer.from(first);
        for (; given < 2_000_000_000; given += block.length) yield block;
      }
      const source: Source = {
        name,
        bytes: 2_000_000_000,
        body: () => Readable.from(rows(), { objectMode: false }),
      };
      expect(await refusal(source)).toMatchObject({
        code: 'document-too-long',
        values: { limit: expect.any(String) },
      });
      expect(given).toBeLessThan(40_000_000);
    },
  );
});

/** A page whose content is so many bytes of spaces, packed a thousandfold: one block of DEFLATE, many times. */
function pdfBomb(bytes: number): Buffer {
  const blockBytes = 16_000_000;
  const block = deflateRawSync(Buffer.alloc(blockBytes, ' '), { finishFlush: constants.Z_FULL_FLUSH });
  const packed = Buffer.concat([
    Buffer.from([0x78, 0x9c]),
    ...Array.from({ length: bytes / blockBytes }, () => block),
    Buffer.from([3, 0, 0, 0, 0, 0]),
  ]);
  return Buffer.concat([
    Buffer.from(
      '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
        '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<<>>>>endobj\n' +
        `4 0 obj<</Length ${packed.length}/Filter/FlateDecode>>stream\n`,
    ),
    packed,
    Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF'),
  ]);
}
