/** Extract from file and Convert to file: through the activity, its thread and a real store. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import PDFDocument from 'pdfkit';
import { convertToFile } from '../../contracts/catalogue/convert-to-file.ts';
import { extractFromFile } from '../../contracts/catalogue/extract-from-file.ts';
import type { BinaryReference } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { failureOf } from '../testing.ts';
import { createTestWorkspace, type TestWorkspace } from '../testing-workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
}, 60_000);
afterAll(() => workspace.close());

async function extractFrom(data: BinaryReference, parameters: JsonObject = {}): Promise<JsonObject[]> {
  const whole = extractFromFile.parameters.parse(parameters) as JsonObject;
  const { items } = await workspace.call('extract-from-file', whole, {
    items: [{ json: {}, binary: { data } }],
  });
  return items.map(({ json }) => json);
}
async function extract(
  body: string | Uint8Array,
  fileName: string,
  parameters: JsonObject = {},
  mimeType = 'application/octet-stream',
): Promise<JsonObject[]> {
  return extractFrom(await workspace.file(body, { fileName, mimeType }), parameters);
}
async function convert(rows: JsonObject[], parameters: JsonObject) {
  const whole = convertToFile.parameters.parse(parameters) as JsonObject;
  const { items } = await workspace.call('convert-to-file', whole, { items: rows.map((json) => ({ json })) });
  const file = items[0]?.binary?.data;
  if (!file) throw new Error('no file');
  return { file, json: items[0]?.json, bytes: await workspace.read(file) };
}
const codeOf = async (work: Promise<unknown>) => (await failureOf(work)).failure.code;

describe('CSV', () => {
  it.each([
    ['a,b\r\n1,"x, ""y"""\r\n', {}],
    ['\ufeffa;b\n1;"x, ""y"""', {}],
    ['a\tb\n1\t"x, ""y"""', {}],
    ['junk\na|b\n1|"x, ""y"""', { skipRows: 1, delimiter: '|' }],
  ])('is read with its separator and mark %#', async (text, parameters) => {
    expect(await extract(text, 'a.csv', parameters)).toEqual([{ a: '1', b: 'x, "y"' }]);
  });

  it('gives each column a name, and keeps what a row has too many or too few of', async () => {
    const text = 'id,name,name,,__proto__\n1,a,b,c,d,e\n2\n';
    const rows = await extract(text, 'a.csv');
    expect(JSON.stringify(rows)).toBe(
      '[{"id":"1","name":"a","name_2":"b","column_4":"c","__proto__":"d","column_6":"e"},{"id":"2","name":"","name_2":"","column_4":"","__proto__":""}]',
    );
    expect(await extract('1,2\n3,4', 'a.csv', { headerRow: false, maxRows: 1 })).toEqual([
      { column_1: '1', column_2: '2' },
    ]);
  });

  it.each([
    ['utf-8', Buffer.from('nome\nJoão')],
    ['windows-1252', Buffer.from('nome\nJoão', 'latin1')],
    ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('nome\nJoão', 'utf16le')])],
  ])('is read in %s without being told', async (_, bytes) => {
    expect(await extract(bytes, 'a.csv')).toEqual([{ nome: 'João' }]);
  });

  it('ends where its rows would not fit, or a quote is never closed', async () => {
    const row = `${'1,'.repeat(40)}\n`;
    const many = `${'the name of a column,'.repeat(40)}\n${row.repeat(40_000)}`;
    expect(await codeOf(extract(many, 'a.csv'))).toBe('too-many-rows');
    expect(await extract(many, 'a.csv', { maxRows: 3 })).toHaveLength(3);
    expect(await codeOf(extract(`a\n"${'x'.repeat(3_000_000)}`, 'a.csv'))).toBe('bad-csv');
    expect(await extract('', 'a.csv')).toEqual([]);
  });

  it('is made of items, without formulas of somebody else', async () => {
    const rows: JsonObject[] = [
      { id: 1, o: { x: 'a;b' }, t: '=cmd()' },
      { id: -2, t: '-5', n: null, é: 'ção' },
    ];
    const { bytes, file } = await convert(rows, { format: 'csv', delimiter: ';' });
    expect(bytes.toString()).toBe(`\ufeffid;o;t;n;é\r\n1;"{""x"":""a;b""}";'=cmd();;\r\n-2;;-5;;ção\r\n`);
    expect(file).toMatchObject({ fileName: 'data.csv', mimeType: 'text/csv; charset=utf-8' });
    expect(await extractFrom(file)).toMatchObject([{ id: '1' }, { id: '-2', é: 'ção' }]);
    const chosen = await convert(rows, { format: 'csv', columns: 'o.x', header: false, forExcel: false });
    expect(chosen.bytes.toString()).toBe('a;b\r\n""\r\n'.replace('""', ''));
  });
});

describe('Excel', () => {
  it('comes back as it went', async () => {
    const rows = [
      { id: 1, name: '=1+1', yes: true, o: { x: 1 } },
      { id: 2.5, name: 'João', yes: null, o: null },
    ];
    const { file } = await convert(rows, { format: 'xlsx', title: 'Orders: [1]', fileName: 'orders.xlsx' });
    expect(file.fileName).toBe('orders.xlsx');
    expect(await extractFrom(file)).toEqual([
      { id: 1, name: '=1+1', yes: true, o: '{"x":1}' },
      { id: 2.5, name: 'João', yes: '', o: '' },
    ]);
    expect((await failureOf(extractFrom(file, { sheet: 'None' }))).failure).toMatchObject({
      ...{ code: 'no-such-sheet', hint: 'Its sheets are: Orders   1.' },
    });
  });

  it('gives what a person sees: dates, results, links', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('A');
    sheet.addRow(['when', 'sum', 'link', 'rich']);
    sheet.addRow([
      new Date(Date.UTC(2026, 0, 31)),
      { formula: 'A1', result: 5 },
      { text: 'here', hyperlink: 'https://a.example' },
      { richText: [{ text: 'a' }, { text: 'b' }] },
    ]);
    expect(await extract(new Uint8Array(await workbook.xlsx.writeBuffer()), 'a.xlsx')).toEqual([
      { when: '2026-01-31T00:00:00.000Z', sum: 5, link: 'here', rich: 'ab' },
    ]);
  });

  it('that is none says so', async () => {
    expect(await codeOf(extract('a,b', 'a.xlsx'))).toBe('bad-xlsx');
  });
});

describe('PDF', () => {
  it('is made as a table, and its text is read', async () => {
    const rows = [
      { id: 1, name: 'João' },
      { id: 2, name: 'Zé' },
    ];
    const { file, bytes } = await convert(rows, { format: 'pdf', title: 'Report' });
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const [{ data, pages } = {}] = await extractFrom(file);
    expect(pages).toBe(1);
    for (const word of ['Report', 'João', 'Zé']) expect(data).toContain(word);
  });

  it('with a password is opened with it alone', async () => {
    const document = new PDFDocument({ userPassword: 'open-s3same' });
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => void chunks.push(chunk));
    const ended = new Promise((resolve) => document.on('end', resolve));
    document.text('behind the door').end();
    await ended;
    const locked = Buffer.concat(chunks);
    expect(await codeOf(extract(locked, 'a.pdf'))).toBe('pdf-password');
    const wrong = await failureOf(extract(locked, 'a.pdf', { password: 'wr0ng-pass' }));
    expect(wrong.failure.message).toBe('The password does not open the PDF.');
    expect(await extract(locked, 'a.pdf', { password: 'open-s3same' })).toMatchObject([
      { data: expect.stringContaining('behind the door') },
    ]);
  });

  it('that is none says so', async () => {
    expect(await codeOf(extract('%PDF-1.4 nothing', 'a.pdf'))).toBe('bad-pdf');
  });
});

describe('other formats', () => {
  it.each([
    ['[{"a":1},2]', 'a.json', [{ a: 1 }, { data: 2 }]],
    ['{"a":1}\n{"a":2}\n', 'a.jsonl', [{ a: 1 }, { a: 2 }]],
    ['<a><b>1</b></a>', 'a.xml', [{ a: { b: '1' } }]],
    ['<p>hi', 'a.html', [{ data: '<p>hi' }]],
    ['hi', 'a.txt', [{ data: 'hi' }]],
  ])('%s is read', async (text, name, items) => {
    expect(await extract(text, name)).toEqual(items);
  });

  it('says what it cannot read', async () => {
    expect(await codeOf(extract('x', 'photo'))).toBe('unknown-format');
    expect((await failureOf(extract('{"a":1}\n{"a":', 'a.json'))).failure).toMatchObject({
      ...{ code: 'invalid-json', message: expect.stringContaining('line 2') },
    });
    expect(await codeOf(extract('<a>', 'a.xml'))).toBe('bad-xml');
    expect(await codeOf(extract('x', 'a.txt', { file: 'report' }))).toBe('no-file');
  });

  it('JSON, HTML and text are made', async () => {
    expect((await convert([{ a: 1 }], { format: 'json' })).bytes.toString()).toBe(
      '[\n  {\n    "a": 1\n  }\n]',
    );
    expect((await convert([{ a: '<b>' }], { format: 'html' })).bytes.toString()).toContain(
      '<td>&lt;b&gt;</td>',
    );
    const { file, bytes, json } = await convert([{}], { format: 'text', text: 'olá', fileName: '../a b.md' });
    expect([file.fileName, bytes.toString(), json]).toEqual([
      'a b.md',
      'olá',
      { fileName: 'a b.md', bytes: 4 },
    ]);
  });
});
