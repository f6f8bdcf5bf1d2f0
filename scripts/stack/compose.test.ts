import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { runTool } from './run-tool.ts';
import { searchAttributes } from './search-attributes.ts';
import { startTemporal } from './temporal-server.ts';
import { describeWithTemporal, temporalBinary } from './test-tools.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const compose = read('docker-compose.yml');

describe('docker-compose.yml', () => {
  it('sets only variables that Hiviex reads', () => {
    const known = new Set(matches(read('contracts/config.ts'), /^ {2}([A-Z][A-Z0-9_]+):/gm));
    const shared = between('  environment: &environment\n', '  depends_on:');
    const ofTheApi = between('      <<: *environment\n', '    ports:');
    const used = [shared, ofTheApi].flatMap((text) => matches(text, /^ +([A-Z][A-Z0-9_]+):/gm));
    expect(used).toContain('DATABASE_URL');
    expect(used.filter((name) => !known.has(name))).toEqual([]);
  });

  it('takes from the outside only what .env.example explains, and explains nothing else', () => {
    const asked = new Set(matches(compose, /\$\{([A-Z0-9_]+)/g));
    expect([...asked].sort()).toEqual(matches(read('.env.example'), /^([A-Z0-9_]+)=/gm).sort());
  });

  it('holds no secret: every password and key comes from the outside', () => {
    const secrets = compose.split('\n').filter((line) => /^ +\w*(PASSWORD|PWD|SECRET|KEY)\w*:/.test(line));
    expect(secrets.length).toBeGreaterThan(5);
    expect(secrets.filter((line) => !line.includes('${'))).toEqual([]);
  });

  it('pins every image that is not ours', () => {
    const images = matches(compose, /^ +image: (\S+)$/gm).filter((image) => image !== 'hiviex');
    expect(images.length).toBeGreaterThan(4);
    expect(images.filter((image) => !/:v?\d+\.\d+/.test(image))).toEqual([]);
  });

  it('registers the search attributes that the dev server registers', () => {
    expect(/SEARCH_ATTRIBUTES: (.+)/.exec(compose)?.[1]?.split(' ')).toEqual([...searchAttributes]);
  });
});

describeWithTemporal('compose/temporal-namespace.sh', () => {
  it('creates namespace and search attributes, and does nothing the second time', async () => {
    const server = await startTemporal({ binary: temporalBinary(), say: () => {} });
    const env = {
      ...process.env,
      PATH: [join(temporalBinary(), '..'), process.env.PATH].join(':'),
      TEMPORAL_ADDRESS: server.address,
      TEMPORAL_NAMESPACE: 'hiviex-test',
      RETENTION: '168h',
      SEARCH_ATTRIBUTES: searchAttributes.join(' '),
    };
    const script = join(import.meta.dirname, 'compose', 'temporal-namespace.sh');
    const first = await runTool('sh', [script], { env, timeoutSeconds: 50 });
    const second = await runTool('sh', [script], { env, timeoutSeconds: 50 });
    const list = await runTool('temporal', ['operator', 'search-attribute', 'list'], { env });
    await server.stop();
    expect(first).toMatchObject({ ok: true });
    expect(second).toEqual({ ok: true, output: '' });
    for (const name of searchAttributes)
      expect(list).toMatchObject({ output: expect.stringMatching(`${name} +Keyword`) });
  });
});

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

function between(start: string, end: string): string {
  const [, rest = ''] = compose.split(start, 2);
  return rest.split(end, 1)[0] ?? '';
}
