import { describe, expect, it } from '@jest/globals';
import { plainCause } from './plain-cause.ts';

function coded(code: string | number, message = 'something with a secret'): Error {
  return Object.assign(new Error(message), { code });
}

describe('plainCause', () => {
  it.each([
    ['a port that nobody has', coded('ECONNREFUSED'), 'refuses connections', true],
    [
      'gRPC, which names it in its text only',
      coded(14, 'Last error: connect ECONNREFUSED'),
      'refuses connections',
      true,
    ],
    [
      "the workers' connection",
      new Error('tonic::transport::Error(… ConnectionRefused …)'),
      'refuses connections',
      true,
    ],
    ['a name without an address', coded('ENOTFOUND'), 'has a name that is not known here', true],
    ['Postgres while it starts', coded('57P03'), 'is starting or stopping', true],
    ['a Temporal without our namespace', coded(5), 'does not know the namespace', true],
    ['a wrong password', coded('28P01'), 'refuses our credentials', false],
    ['a wrong key to Temporal', coded(16), 'refuses our credentials', false],
    ['a connection that ended', new Error('Connection terminated unexpectedly'), 'can not be reached', true],
    ['a statement that is wrong', coded('42601'), 'can not be used', false],
    ['no error at all', 'secret', 'can not be used', false],
  ])('knows %s', (_, error, text, passes) => {
    expect(plainCause(error)).toEqual({ text, passes });
  });

  it('finds the cause inside of a cause', () => {
    const wrapped = new Error('migration failed', {
      cause: new Error('wrapped', { cause: coded('ECONNRESET') }),
    });
    expect(plainCause(wrapped)).toEqual({ text: 'can not be reached', passes: true });
  });
});
