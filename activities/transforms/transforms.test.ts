/** The nodes that transform in a thread: through the activity, and from there into the thread, as a run has it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { htmlNode } from '../../contracts/catalogue/html.ts';
import { findNodeType } from '../../contracts/catalogue/index.ts';
import type { EffectInput } from '../../contracts/effect.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { EffectName } from '../effects.ts';
import { failureOf } from '../testing.ts';
import { createTestWorkspace, type TestWorkspace } from '../testing-workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
}, 60_000);
afterAll(() => workspace.close());

async function transform(
  type: EffectName,
  parameters: JsonObject,
  json: JsonObject,
  over: Partial<EffectInput> = {},
): Promise<JsonObject> {
  const full = findNodeType(type)?.parameters.parse(parameters) as JsonObject;
  const { outcomes = [], items } = await workspace.call(type, full, { items: [{ json }], ...over });
  const [outcome = { items }] = outcomes;
  return 'failure' in outcome ? ({ ...outcome.failure } as JsonObject) : (outcome.items[0]?.json ?? {});
}

describe('html', () => {
  const page = `<html><head><title> The
    page </title><style>p{}</style></head><body><ul><li><a href="/1">One</a></li><li><a href="/2">Two <b>!</b></a></li></ul>
    <form><input name="q" value="searched"></form><script>alert(1)</script></body></html>`;
  const extract = (values: object[], more: JsonObject = {}) =>
    transform('html', { values: values as JsonObject[], ...more }, { id: 7, data: page });

  it('takes out text, HTML, attributes and values', async () => {
    const values = [
      { name: 'title', selector: 'title' },
      { name: 'links.hrefs', selector: 'li a', take: 'attribute', attribute: 'href', list: true },
      { name: 'links.second', selector: 'li:nth-child(2) a', take: 'html' },
      { name: 'q', selector: 'input', take: 'value' },
      { name: 'none', selector: 'h1' },
      { name: 'nones', selector: 'h1', list: true },
    ];
    expect(await extract(values)).toEqual({
      title: 'The page',
      links: { hrefs: ['/1', '/2'], second: 'Two <b>!</b>' },
      ...{ q: 'searched', none: null, nones: [] },
    });
    expect(await extract([{ name: 'title', selector: 'title' }], { keepOthers: true })).toMatchObject({
      id: 7,
    });
  });

  it('names the selector that is not CSS', async () => {
    const failure = await extract([{ name: 'price', selector: 'div[' }]);
    expect(failure).toMatchObject({ code: 'bad-selector', message: expect.stringContaining('"price"') });
  });

  it.each([
    [{ field: 'body' }, 'field-missing', 'It has: id, data.'],
    [{ field: 'id' }, 'field-not-text', 'Name the field'],
  ])('says that there is no text in %j', async (more, code, hint) => {
    const failure = await extract([{ name: 'a', selector: 'a' }], more);
    expect(failure).toMatchObject({ code, hint: expect.stringContaining(hint) });
  });

  it('cleans up', async () => {
    const dirty =
      '<div onclick="x()"><style>a{}</style><script>1</script><a href="javascript:alert(1)">a</a><p>b<br>c</p><img src=x onerror=y></div>';
    expect(await transform('html', { operation: 'clean' }, { data: dirty })).toEqual({
      html: '<div><a>a</a><p>b<br />c</p><img src="x" /></div>',
    });
    const text = { operation: 'clean', cleanTo: 'text', output: 'text' };
    expect(await transform('html', text, { data: dirty })).toEqual({ text: 'a\nb\nc' });
  });

  it('makes a table of all items, in which nothing is HTML', async () => {
    const items: Item[] = [{ json: { a: '<b>', o: { x: 1 } } }, { json: { c: null, a: 2 } }];
    const parameters = { operation: 'table', caption: 'A & B' };
    const { html } = (await transform('html', parameters, {}, { items })) as { html: string };
    expect(html).toContain('<caption>A &amp; B</caption>');
    expect(html).toContain('<tr><th>a</th><th>o</th><th>c</th></tr>');
    expect(html).toContain('<tr><td>&lt;b&gt;</td><td>{&quot;x&quot;:1}</td><td></td></tr>');
    const named = await transform('html', { ...parameters, columns: 'o.x' }, {}, { items });
    expect(named.html).toContain('<tr><td>1</td></tr>\n<tr><td></td></tr>');
  });

  it('of a page that no parser gets through in time costs its step, and no other', async () => {
    const parameters = { operation: 'clean', cleanTo: 'text' };
    const deep = { items: [{ json: { data: '<div>'.repeat(100_000) } }], timeoutMs: 1_000 };
    const full = htmlNode.parameters.parse(parameters) as JsonObject;
    const { failure } = await failureOf(workspace.call('html', full, deep));
    expect(failure.code).toBe('step-timeout');
    expect(await transform('html', parameters, { data: 'a<br>b' })).toEqual({ html: 'a\nb' });
  });
});

describe('xml', () => {
  const read = (xml: string, more: JsonObject = {}) => transform('xml', more, { data: xml });

  it('becomes JSON', async () => {
    const xml =
      '<?xml version="1.0"?><a:order id="01"><item>1</item><item n="2">x &amp; y</item><![CDATA[<]]></a:order>';
    expect(await read(xml)).toEqual({
      'a:order': { '@id': '01', item: ['1', { '#text': 'x & y', '@n': '2' }], '#text': '<' },
    });
    expect(
      await read('<order id="1"><item>007</item><ok>true</ok></order>', {
        ...{ lists: 'item', readNumbers: true, attributes: false },
      }),
    ).toEqual({ order: { item: ['007'], ok: true } });
  });

  it('keeps names that mean something in JavaScript', async () => {
    expect(await read('<a><toString>1</toString></a>')).toEqual({ a: { toString: '1' } });
  });

  it.each([
    ['<a><b></a>', 'bad-xml', /line 1, column/],
    ['', 'bad-xml', /empty/],
    ['<a><__proto__><polluted>1</polluted></__proto__></a>', 'bad-xml', /__proto__/],
    ['<!DOCTYPE html><html><br></html>', 'bad-xml', /br/],
    ['<!DOCTYPE a [<!ENTITY b "lol">]><a>&b;</a>', 'xml-entities', /entities/],
    ['<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>', 'xml-entities', /entities/],
    ['<a>'.repeat(5_000) + '</a>'.repeat(5_000), 'too-deep', /200 levels/],
  ])('that cannot be read says why %#', async (xml, code, message) => {
    const failure = await read(xml);
    expect(failure).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('is made of JSON', async () => {
    const order = { order: { '@id': 1, item: ['a & b', { '#text': 'c', '@n': '"2"' }], empty: '' } };
    const { data } = await transform('xml', { mode: 'jsonToXml' }, order);
    expect(data).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><order id="1"><item>a &amp; b</item><item n="&quot;2&quot;">c</item><empty/></order>',
    );
    expect(await read(String(data))).toEqual({
      order: { '@id': '1', item: ['a & b', { '#text': 'c', '@n': '"2"' }], empty: '' },
    });
    const two = await transform('xml', { mode: 'jsonToXml', declaration: false }, { a: 1, b: [2, 3] });
    expect(two.data).toBe('<root><a>1</a><b>2</b><b>3</b></root>');
  });

  it('refuses names that XML does not allow', async () => {
    const failure = await transform('xml', { mode: 'jsonToXml' }, { 'first name': 'x' });
    expect(failure).toMatchObject({ code: 'bad-xml-name', message: expect.stringContaining('first name') });
  });
});

describe('markdown', () => {
  it('becomes HTML that is safe to show', async () => {
    const markdown =
      '# Hi\n\n- [x] done\n\n|a|\n|-|\n|1|\n\n[x](javascript:alert(1))\n\n<script>alert(1)</script> <img src=a onerror=b>';
    const { data } = await transform('markdown', { markdown }, { n: 1 });
    expect(data).toContain('<h1>Hi</h1>');
    expect(data).toContain('type="checkbox"');
    expect(data).toContain('<td>1</td>');
    expect(data).not.toMatch(/script|onerror/);
    const raw = await transform('markdown', { markdown: '<b onclick="x">b</b>', sanitize: false }, {});
    expect(raw.data).toContain('onclick');
  });

  it('is made of HTML', async () => {
    const html = '<h2>Hi</h2><ul><li>a</li></ul><p><del>b</del> <a href="/x">c</a></p><script>1</script>';
    expect(await transform('markdown', { mode: 'htmlToMarkdown', html, output: 'md' }, { n: 1 })).toEqual({
      ...{ n: 1, md: '## Hi\n\n-   a\n\n~~b~~ [c](/x)' },
    });
  });
});
