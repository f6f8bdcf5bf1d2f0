import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

/** The set-up is plain JavaScript, without types: what is tested of it, typed here. */
interface Bootstrap {
  dependencyState(root: string): string;
  lockIsComplete(root: string): boolean;
  webBuildIsStale(root: string): boolean;
  webSourcesHash(root: string): string;
  ensureWebBuild(root: string, node: string): Promise<void>;
  isNewEnough(version: string): boolean;
  nodeBinary(root: string): string;
}
const load = async (name: string) =>
  (await import(pathToFileURL(join(import.meta.dirname, `${name}.mjs`)).href)) as Bootstrap;
const { dependencyState, lockIsComplete } = await load('dependencies');
const { webBuildIsStale, webSourcesHash, ensureWebBuild } = await load('web-build');
const { isNewEnough, nodeBinary } = await load('node-binary');

const checkout = join(import.meta.dirname, '..', '..');
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hiviex-setup-'));
  lock({ 'node_modules/a': { version: '1.0.0', integrity: 'x' } });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('dependencyState', () => {
  it('is missing without node_modules', () => {
    expect(dependencyState(root)).toBe('missing');
  });

  it('is changed after an installation that was cut off: npm wrote no record of it', () => {
    mkdirSync(join(root, 'node_modules'));
    expect(dependencyState(root)).toBe('changed');
  });

  it('accepts what `npm ci` installed by hand, optional packages of other platforms aside', () => {
    const a = { version: '1.0.0', integrity: 'x' };
    lock({ 'node_modules/a': a, 'node_modules/a-for-windows': { version: '1.0.0', optional: true } });
    npmRecord({ 'node_modules/a': a });
    expect(dependencyState(root)).toBe('installed');
  });

  it.each([
    ['another version', { 'node_modules/a': { version: '0.9.0', integrity: 'x' } }],
    ['other contents', { 'node_modules/a': { version: '1.0.0', integrity: 'y' } }],
    ['one package missing', {}],
    [
      'one package too many',
      { 'node_modules/a': { version: '1.0.0', integrity: 'x' }, 'node_modules/b': { version: '1.0.0' } },
    ],
  ])('is changed with %s', (_name, packages) => {
    npmRecord(packages);
    expect(dependencyState(root)).toBe('changed');
  });

  it('is changed once the lock file is, and installed again when that is taken back', () => {
    npmRecord({ 'node_modules/a': { version: '1.0.0', integrity: 'x' } });
    expect(dependencyState(root)).toBe('installed');
    lock({ 'node_modules/a': { version: '1.0.1', integrity: 'z' } });
    expect(dependencyState(root)).toBe('changed');
    lock({ 'node_modules/a': { version: '1.0.0', integrity: 'x' } });
    expect(dependencyState(root)).toBe('installed');
  });
});

describe('lockIsComplete', () => {
  const parent = { version: '1.0.0', optionalDependencies: { '@b/linux': '1.0.0' } };
  it.each([
    [
      'complete with the optional package beside its parent',
      { 'node_modules/a': parent, 'node_modules/@b/linux': {} },
      true,
    ],
    [
      'complete with it inside',
      { 'node_modules/a': parent, 'node_modules/a/node_modules/@b/linux': {} },
      true,
    ],
    [
      'complete with it further up',
      { 'node_modules/c/node_modules/a': parent, 'node_modules/@b/linux': {} },
      true,
    ],
    ['incomplete without it', { 'node_modules/a': parent }, false],
    [
      'incomplete with it elsewhere',
      { 'node_modules/a': parent, 'node_modules/c/node_modules/@b/linux': {} },
      false,
    ],
  ])('is %s', (_name, packages, expected) => {
    lock(packages);
    expect(lockIsComplete(root)).toBe(expected);
  });
});

describe('the web build', () => {
  beforeEach(() => {
    for (const folder of ['web/src', 'contracts', 'engine'])
      mkdirSync(join(root, folder), { recursive: true });
    file(
      'web/index.html',
      '<!doctype html><title>Hiviex</title><script type="module" src="/src/main.ts"></script>',
    );
    file('web/src/main.ts', "import { name } from '../../contracts/name.ts'; document.title = name;");
    file('contracts/name.ts', "export const name = 'Hiviex';");
    symlinkSync(join(checkout, 'node_modules'), join(root, 'node_modules'));
  });

  it('depends on the contents of web/, contracts/, engine/ and the lock file, and on nothing else', () => {
    const before = webSourcesHash(root);
    const changes: Record<string, boolean> = {
      'web/src/main.ts': true,
      'web/src/new.css': true,
      'engine/run.ts': true,
      'package-lock.json': true,
      'web/src/main.test.ts': false,
      'web/dist/index.html': false,
      'api/app.ts': false,
    };
    const seen = Object.keys(changes).map((path) => {
      const copy = mkdtempSync(join(tmpdir(), 'hiviex-setup-'));
      cpSync(root, copy, { recursive: true });
      mkdirSync(join(copy, path, '..'), { recursive: true });
      writeFileSync(join(copy, path), '// changed');
      const changed = webSourcesHash(copy) !== before;
      rmSync(copy, { recursive: true });
      return [path, changed];
    });
    expect(Object.fromEntries(seen)).toEqual(changes);
  });

  it('builds when stale, and is stale again after a change', async () => {
    expect(webBuildIsStale(root)).toBe(true);
    await ensureWebBuild(root, process.execPath);
    expect(existsSync(join(root, 'web/dist/index.html'))).toBe(true);
    expect(webBuildIsStale(root)).toBe(false);
    file('contracts/name.ts', "export const name = 'Another';");
    expect(webBuildIsStale(root)).toBe(true);
  });

  it('keeps the last good build when a new one fails, and says why', async () => {
    await ensureWebBuild(root, process.execPath);
    file('web/src/main.ts', "import './nowhere.ts';");
    await expect(ensureWebBuild(root, process.execPath)).rejects.toThrow(/does not build:[\s\S]*nowhere/);
    expect(existsSync(join(root, 'web/dist/index.html'))).toBe(true);
    expect(webBuildIsStale(root)).toBe(true);
  });
});

describe('the Node to run on', () => {
  it.each([
    ['v20.20.2', false],
    ['v22.16.0', false],
    ['v22.17.0', true],
    ['v24.0.0', true],
  ])('%s is new enough: %s', (version, expected) => {
    expect(isNewEnough(version)).toBe(expected);
  });

  it('is the pinned one when it runs, and this one when npm skipped its install script', () => {
    const pinned = join(root, 'node_modules', 'node', 'bin');
    mkdirSync(pinned, { recursive: true });
    expect(nodeBinary(root)).toBe(process.execPath);
    symlinkSync(process.execPath, join(pinned, 'node'));
    expect(nodeBinary(root)).toBe(join(pinned, 'node'));
  });
});

function file(path: string, text: string) {
  writeFileSync(join(root, path), text);
}

function lock(packages: Record<string, unknown>) {
  file('package-lock.json', JSON.stringify({ packages: { '': {}, ...packages } }));
}

function npmRecord(packages: Record<string, unknown>) {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  file('node_modules/.package-lock.json', JSON.stringify({ packages }));
}
