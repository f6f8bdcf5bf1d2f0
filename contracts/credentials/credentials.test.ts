import { describe, expect, it } from '@jest/globals';
import { graph } from '../graph.ts';
import type { JsonObject } from '../json.ts';
import { validateGraph } from '../validate-graph.ts';
import {
  credentialFields,
  credentialTypes,
  credentialTypesFor,
  findCredentialType,
  secretFields,
} from './index.ts';
import { credentialReferences } from './references.ts';
import { secretsNeededAgain } from './secrets-needed-again.ts';

const typeOf = (type: string) => {
  const found = findCredentialType(type);
  if (!found) throw new Error(`No type ${type}`);
  return found;
};
const use = (type: string, values: object, accessToken?: string) => {
  const credentialType = typeOf(type);
  return credentialType.apply?.(credentialType.values.parse(values), accessToken);
};

describe('credential types', () => {
  it('have names of their own, texts in both languages and at least one secret', () => {
    expect(new Set(credentialTypes.map(({ type }) => type)).size).toBe(credentialTypes.length);
    for (const credentialType of credentialTypes) {
      const fields = credentialFields(credentialType);
      expect(fields.map(({ name }) => name)).toEqual(Object.keys(credentialType.values.shape));
      for (const { label, dynamic } of fields) {
        expect(label.en && label.pt).toBeTruthy();
        expect(dynamic).toBe(false);
      }
      expect(secretFields(credentialType).length).toBeGreaterThan(0);
    }
  });

  it('apply to a request', () => {
    expect(use('api-key', { key: 'k' })).toEqual({ headers: [['X-API-Key', 'k']], query: [] });
    expect(use('api-key', { key: 'k', place: 'query', name: 'key' })).toEqual({
      headers: [],
      query: [['key', 'k']],
    });
    // The example of RFC 7617 with a character beyond Latin-1's first half: 123£ in UTF-8.
    expect(use('basic', { user: 'test', password: '123£' })?.headers).toEqual([
      ['Authorization', 'Basic dGVzdDoxMjPCow=='],
    ]);
    expect(use('bearer', { token: 't' })?.headers).toEqual([['Authorization', 'Bearer t']]);
    expect(
      use('headers', {
        headers: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      })?.headers,
    ).toEqual([
      ['A', '1'],
      ['B', '2'],
    ]);
    const oauth2 = { tokenUrl: 'https://a.example/token', clientId: 'c' };
    expect(use('oauth2', oauth2, 'at')?.headers).toEqual([['Authorization', 'Bearer at']]);
    expect(use('llm', {})?.headers).toEqual([]);
  });

  it('refuse header names and values that would break out of their line', () => {
    expect(typeOf('headers').values.safeParse({ headers: [{ name: 'A', value: 'x\r\nB: y' }] }).success).toBe(
      false,
    );
    expect(typeOf('api-key').values.safeParse({ key: 'k', name: 'A B' }).success).toBe(false);
  });

  it('ask for a saved secret again when it would go elsewhere', () => {
    const again = (type: string, given: JsonObject, fields: JsonObject = {}, secrets = ['password']) =>
      secretsNeededAgain(typeOf(type), { fields, secrets }, given);
    const smtp = { host: 'smtp.example', port: 587, tls: 'tls', user: 'ana' };
    expect(again('smtp', { user: 'bob' }, smtp)).toEqual([]);
    expect(again('smtp', smtp, smtp)).toEqual([]);
    const moves: JsonObject[] = [{ host: 'evil.example' }, { port: 25 }, { tls: 'off' }, { tls: null }];
    for (const given of moves) expect(again('smtp', given, { ...smtp, port: 465 })).toEqual(['password']);
    expect(again('smtp', { host: 'new.example', password: 'x' }, smtp)).toEqual([]);
    expect(again('smtp', { host: 'new.example', password: null }, smtp)).toEqual([]);
    // What was saved before a field was there has its default.
    expect(again('bearer', { testUrl: '' }, {}, ['token'])).toEqual([]);
    expect(again('bearer', { testUrl: 'https://evil.example' }, {}, ['token'])).toEqual(['token']);
    // Fewer hosts are no secret's concern.
    expect(again('bearer', { allowedHosts: 'a.example' }, {}, ['token'])).toEqual([]);
    expect(again('bearer', { allowedHosts: '' }, { allowedHosts: 'a.example' }, ['token'])).toEqual([
      'token',
    ]);
    const destinations = credentialTypes.map((entry) => [
      entry.type,
      credentialFields(entry).flatMap(({ name, destination }) => (destination ? [name] : [])),
    ]);
    expect(Object.fromEntries(destinations)).toEqual({
      anthropic: ['baseUrl', 'allowedHosts'],
      'api-key': ['allowedHosts', 'testUrl'],
      basic: ['allowedHosts', 'testUrl'],
      bearer: ['allowedHosts', 'testUrl'],
      headers: ['allowedHosts', 'testUrl'],
      oauth2: ['authorizationUrl', 'tokenUrl', 'allowedHosts'],
      postgres: ['host', 'port', 'tls'],
      'signing-key': [],
      n8n: ['baseUrl'],
      smtp: ['host', 'port', 'tls'],
      s3: ['endpoint'],
      imap: ['host', 'port', 'tls'],
      llm: ['baseUrl', 'allowedHosts'],
    });
  });

  it('that HTTP nodes send can be held to hosts', () => {
    for (const { type, values } of credentialTypesFor('http-request'))
      expect([type, 'allowedHosts' in values.shape]).toEqual([type, true]);
  });

  it('say which of them a node takes', () => {
    const types = credentialTypesFor('http-request').map(({ type }) => type);
    expect(types).toEqual(['api-key', 'basic', 'bearer', 'headers', 'oauth2', 'llm', 'anthropic']);
  });
});

describe('a node that names a credential', () => {
  const graphWith = (parameters: Record<string, string>) =>
    graph.parse({
      nodes: [
        {
          id: 'n',
          name: 'Call',
          type: 'http-request',
          position: { x: 0, y: 0 },
          parameters: { url: 'https://a.example', ...parameters },
        },
      ],
    });
  const errorsOf = (parameters: Record<string, string>) =>
    validateGraph(graphWith(parameters)).flatMap(({ severity, field }) =>
      severity === 'error' ? [field] : [],
    );

  it('is found', () => {
    expect(credentialReferences(graphWith({ authentication: 'credential', credential: 'c1' }))).toEqual([
      { credential: 'c1', node: 'n', nodeName: 'Call' },
    ]);
    expect(credentialReferences(graphWith({}))).toEqual([]);
  });

  it('has to name one, and not by an expression', () => {
    expect(errorsOf({ authentication: 'credential', credential: 'c1' })).toEqual([]);
    expect(errorsOf({ authentication: 'credential' })).toEqual(['parameters.credential']);
    expect(errorsOf({ authentication: 'credential', credential: '={{ $json.id }}' })).toEqual([
      'parameters.credential',
    ]);
  });
});
