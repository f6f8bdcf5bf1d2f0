/**
 * How long the whole table takes, by calculation: under eight minutes on two cores, with a peer or without, or nobody runs it.
 * A change of the numbers below is a change of how much noise the figures hold.
 */
export const callerCounts = [1, 10, 50] as const;
/** Rounds of each contestant for each number of callers. */
export const roundsPerFigure = 6;
export const warmUpSeconds = 5;
/** Rounds of what is timed as a whole (W3, W4); the first one warms up. */
export const timedRounds = 7;
/** Default seconds of one round. Shorter with a peer: there are half as many rounds again, and its runs take longer to end. */
export const secondsPerRound = { alone: 2, withPeer: 1 } as const;

/** W1 and W2. */
const loads = 2;
/** W3 edit, W3 loop, W4 and the stub. */
const timed = 4;
/** Until processes are seen to be idle: half a second, and often a bit more. */
const idleSeconds = 0.75;
/** Packages, Temporal and both services; n8n sets up its database, takes the automations in and starts. */
const startSeconds = { alone: 30, peer: 60 };
/** How much longer than its time a round lasts on average until its last run has done its work. */
const tailSeconds = { alone: 0.3, peer: 2 };

/** Seconds of `npm run bench` with rounds of so many. */
export function expectedSeconds({ seconds, withPeer }: { seconds: number; withPeer: boolean }): number {
  const contestants = withPeer ? 3 : 2;
  const roundsEach = callerCounts.length * roundsPerFigure;
  const tails = 2 * tailSeconds.alone + (withPeer ? tailSeconds.peer : 0);
  const oneLoad = contestants * (warmUpSeconds + roundsEach * (seconds + idleSeconds)) + roundsEach * tails;
  const start = startSeconds.alone + (withPeer ? startSeconds.peer : 0);
  return start + loads * oneLoad + timed * timedRounds * 2 * (idleSeconds + 0.3);
}
