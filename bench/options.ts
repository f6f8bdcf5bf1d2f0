/** What is written after `npm run bench --`. */
import { parseArgs } from 'node:util';
import { secondsPerRound } from './time-budget.ts';

export interface BenchOptions {
  /** Seconds that callers send new requests in a round. */
  seconds: number;
  /** Only figures whose name begins so: `W1`. */
  only: string | undefined;
  /** The product that is measured beside us. */
  peer: 'n8n' | undefined;
  /** Its program, or the folder it was installed into. Default: found on PATH. */
  peerPath: string | undefined;
}

/** Throws, with a message for the screen, for what it does not know. */
export function readOptions(args: string[]): BenchOptions {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string' },
      only: { type: 'string' },
      peer: { type: 'string' },
      'peer-path': { type: 'string' },
    },
  });
  const peer = readPeer(values.peer ?? (values['peer-path'] === undefined ? undefined : 'n8n'));
  return {
    seconds: readSeconds(values.seconds) ?? (peer ? secondsPerRound.withPeer : secondsPerRound.alone),
    only: values.only,
    peer,
    peerPath: values['peer-path'],
  };
}

function readPeer(name: string | undefined): 'n8n' | undefined {
  if (name === undefined || name === 'n8n') return name;
  throw new Error(`--peer ${name}: only n8n can be measured beside Hiviex.`);
}

function readSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (seconds > 0 && seconds < Number.POSITIVE_INFINITY) return seconds;
  throw new Error(`--seconds ${text}: the length of a round is a number of seconds over 0.`);
}
