import { describe, expect, it } from '@jest/globals';
import { credentialTypes, findCredentialType } from '../../../../../contracts/credentials/index.ts';
import {
  initialValues,
  isNeededAgain,
  isRequired,
  problemsOf,
  shownCredentialFields,
  valuesToSend,
} from './credential-values.ts';

const type = (name: string) => findCredentialType(name)!;
const saved = (secrets: string[], fields = {}) => ({ fields, secrets });

describe('initialValues', () => {
  it('has the defaults of what is no secret, under what is saved', () => {
    expect(initialValues(type('postgres'), undefined)).toEqual({ port: 5_432, tls: 'verify' });
    expect(initialValues(type('postgres'), saved(['password'], { port: 6_000, host: 'db' }))).toEqual({
      port: 6_000,
      tls: 'verify',
      host: 'db',
    });
  });
});

describe('valuesToSend', () => {
  it('leaves out the secrets that nobody typed, and empties those that are null', () => {
    expect(valuesToSend(type('basic'), { user: 'ana', password: '' })).toEqual({ user: 'ana' });
    expect(valuesToSend(type('basic'), { user: 'ana', password: null })).toEqual({
      user: 'ana',
      password: null,
    });
    expect(valuesToSend(type('headers'), { headers: [], testUrl: '' })).toEqual({ testUrl: '' });
  });
});

describe('problemsOf', () => {
  it.each(credentialTypes.map((one) => [one.type] as const))('asks a new %s for what it needs', (name) => {
    const needed = shownCredentialFields(type(name), {}).filter(({ required }) => required);
    const problems = problemsOf(type(name), initialValues(type(name), undefined), undefined);
    for (const field of needed) expect(problems[field.name]).toBe(isRequired);
  });

  it('does not ask again for a secret that is saved', () => {
    expect(problemsOf(type('bearer'), { testUrl: '' }, saved(['token']))).toEqual({});
    expect(problemsOf(type('headers'), { headers: [] }, saved(['headers']))).toEqual({});
    expect(problemsOf(type('bearer'), { testUrl: '' }, saved([]))).toEqual({ token: isRequired });
  });

  it('asks again for a secret that would go elsewhere, unless it is emptied', () => {
    const database = { host: 'db', database: 'd', user: 'u', port: 5_432, tls: 'verify' };
    const of = (values: object, before = saved(['password'], database)) =>
      problemsOf(type('postgres'), { ...database, ...values }, before);
    expect(of({ user: 'other', password: '' })).toEqual({});
    expect(of({ host: 'elsewhere', password: '' })).toEqual({ password: isNeededAgain });
    expect(of({ host: 'elsewhere', password: 'again' })).toEqual({});
    expect(of({ host: 'elsewhere', password: null })).toEqual({});
    expect(of({ host: 'elsewhere' }, saved([], database))).toEqual({});
  });

  it('names the entry of a list', () => {
    const values = {
      headers: [
        { name: 'X-Key', value: 'a' },
        { name: '', value: 'b' },
      ],
    };
    expect(problemsOf(type('headers'), values, undefined)).toEqual({ 'headers.1.name': isRequired });
  });

  it('makes the checks of the kind, past a saved secret too', () => {
    const values = { grant: 'authorizationCode', tokenUrl: 'https://a.example/token', clientId: 'me' };
    const before = saved(['clientSecret'], { tokenUrl: values.tokenUrl });
    expect(Object.keys(problemsOf(type('oauth2'), values, before))).toEqual(['authorizationUrl']);
    expect(Object.keys(problemsOf(type('basic'), { user: 'a:b' }, undefined))).toEqual(['user']);
  });
});
