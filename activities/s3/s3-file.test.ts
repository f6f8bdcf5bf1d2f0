/** The S3 file node against versitygw. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { s3File } from '../../contracts/catalogue/s3-file.ts';
import type { EffectInput } from '../../contracts/effect.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { describeWithVersitygw, versitygwBinary } from '../../scripts/stack/test-tools.ts';
import { type S3Server, startVersitygw } from '../../scripts/stack/versitygw.ts';
import { failureOf } from '../testing.ts';
import { createTestWorkspace, type TestWorkspace } from '../testing-workspace.ts';

describeWithVersitygw('the S3 file node', () => {
  let server: S3Server;
  let workspace: TestWorkspace;
  let credential: string;
  const add = (more: JsonObject = {}, secretAccessKey = server.secretAccessKey) => {
    const { endpoint, region, bucket, accessKeyId } = server;
    return workspace.add('s3', { secretAccessKey }, { endpoint, region, bucket, accessKeyId, ...more });
  };

  beforeAll(async () => {
    server = await startVersitygw(versitygwBinary());
    workspace = await createTestWorkspace({ allow: '127.0.0.1,localhost' });
    credential = await add();
  }, 60_000);
  afterAll(async () => {
    await workspace.close();
    await server.stop();
  });

  const call = (parameters: JsonObject, over: Partial<EffectInput> = {}) =>
    workspace.call('s3-file', s3File.parameters.parse({ credential, ...parameters }) as JsonObject, over);
  const codeOf = async (work: Promise<unknown>) => (await failureOf(work)).failure.code;

  it('puts a file there, and everything that one does with it', async () => {
    const data = await workspace.file('olá', { fileName: 'a.txt', mimeType: 'text/plain' });
    const sent = await call({ key: 'in/é a.txt' }, { items: [{ json: {}, binary: { data } }] });
    expect(sent.items[0]).toMatchObject({ json: { key: 'in/é a.txt', bytes: 4 }, binary: { data } });

    const got = await call({ operation: 'download', key: 'in/é a.txt', file: 'report' });
    const report = got.items[0]?.binary?.report;
    expect(report).toMatchObject({ fileName: 'é a.txt', mimeType: 'text/plain', bytes: 4 });
    expect(report && (await workspace.read(report)).toString()).toBe('olá');

    await call({ operation: 'copy', key: 'in/é a.txt', copyTo: 'out/b.txt' });
    const list = async (prefix: string, limit = 10) =>
      (await call({ operation: 'list', prefix, limit })).items.map(({ json }) => json.key);
    expect([await list(''), await list('out/'), await list('', 1)]).toEqual([
      ['in/é a.txt', 'out/b.txt'],
      ['out/b.txt'],
      ['in/é a.txt'],
    ]);

    const link = await call({ operation: 'link', key: 'out/b.txt' });
    expect(await (await fetch(String(link.items[0]?.json.url))).text()).toBe('olá');

    await call({ operation: 'delete', key: 'out/b.txt' });
    expect(await list('out/')).toEqual([]);
  });

  it('streams a large file in both directions', async () => {
    const body = Buffer.alloc(18_000_000, 'hiviex ');
    const data = await workspace.file(body, { fileName: 'large', mimeType: 'application/octet-stream' });
    await call({ key: 'large' }, { items: [{ json: {}, binary: { data } }] });
    const got = await call({ operation: 'download', key: 'large' });
    const file = got.items[0]?.binary?.data;
    expect(file && (await workspace.read(file)).equals(body)).toBe(true);
  }, 60_000);

  it('says what is wrong, without the keys', async () => {
    expect(await codeOf(call({ operation: 'download', key: 'none' }))).toBe('s3-no-such-file');
    expect(await codeOf(call({ operation: 'list', bucket: 'nobodys-bucket' }))).toBe('s3-no-such-bucket');
    expect(await codeOf(call({ operation: 'delete', key: '' }))).toBe('no-path');
    expect(await codeOf(call({ key: 'x' }))).toBe('no-file');
    const wrong = await failureOf(call({ operation: 'list', credential: await add({}, 'wr0ng-secret-key') }));
    expect(wrong.failure.code).toBe('s3-sign-in-refused');
    expect(JSON.stringify(wrong.failure) + workspace.logged.join('')).not.toContain('wr0ng');
  });

  it('goes to no private address that is not allowed', async () => {
    for (const endpoint of ['http://10.0.0.1:9000', 'http://169.254.169.254', 'http://[::1]:1'])
      expect(await codeOf(call({ operation: 'list', credential: await add({ endpoint }) }))).toBe(
        'address-blocked',
      );
  });
});
