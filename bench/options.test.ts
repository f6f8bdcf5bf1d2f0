import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.ts';
import { secondsPerRound } from './time-budget.ts';

describe('readOptions', () => {
  it('measures everything, without a peer, when nothing is said', () => {
    expect(readOptions([])).toEqual({
      seconds: secondsPerRound.alone,
      only: undefined,
      peer: undefined,
      peerPath: undefined,
    });
  });

  it('reads each of them', () => {
    const args = ['--peer', 'n8n', '--peer-path', '/opt/n8n', '--only', 'W1', '--seconds', '0.5'];
    expect(readOptions(args)).toEqual({ seconds: 0.5, only: 'W1', peer: 'n8n', peerPath: '/opt/n8n' });
  });

  it('takes a path for the wish to measure what lies there', () => {
    expect(readOptions(['--peer-path', '/opt/n8n'])).toMatchObject({ peer: 'n8n', peerPath: '/opt/n8n' });
  });

  it.each([
    [['--peer', 'zapier'], '--peer zapier: only n8n'],
    [['--seconds', 'long'], '--seconds long: the length'],
    [['--seconds', '0'], '--seconds 0: the length'],
    [['--seconds', 'Infinity'], '--seconds Infinity: the length'],
    [['--second', '2'], "Unknown option '--second'"],
    [['W1'], "Unexpected argument 'W1'"],
    [['--peer'], "'--peer <value>' argument missing"],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});
