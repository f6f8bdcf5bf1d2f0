import { describe, expect, it } from '@jest/globals';
import { createLocalBus } from '../../db/index.ts';
import { createAnswers, type RunRecord } from './answers.ts';

const response = { status: 200, headers: [], body: { kind: 'text' as const, value: 'hi' } };
const message = { workspace: 'w', run: 'r' };
const wait = (limitMs = 30_000) => ({ ...message, limitMs });

describe('createAnswers', () => {
  it('gives the answer to all who wait for the run, and to nobody else', async () => {
    const bus = createLocalBus();
    const answers = createAnswers(bus, async () => undefined);
    const [first, second] = [answers.wait(wait()), answers.wait(wait())];
    const other = answers.wait({ ...wait(), run: 'other' });
    bus.publish({ kind: 'run.answer', ...message, response });
    expect(await first.outcome).toEqual({ kind: 'answered', response });
    expect(await second.outcome).toEqual({ kind: 'answered', response });
    expect(answers.waiting).toBe(1);
    answers.close();
    expect(await other.outcome).toEqual({ kind: 'late' });
  });

  it('reads the record when the run ended and its answer was lost', async () => {
    const bus = createLocalBus();
    let record: RunRecord = { state: 'running' };
    const answers = createAnswers(bus, async () => record);
    const { outcome } = answers.wait(wait());
    bus.publish({ kind: 'run.ended', ...message, state: 'succeeded' });
    // The record follows the message: what counts is what it says once it is there.
    setTimeout(() => {
      record = { state: 'succeeded', response };
    }, 120);
    expect(await outcome).toEqual({ kind: 'answered', response });
    answers.close();
  });

  it('looks by itself when the bus says nothing at all', async () => {
    const failure = { code: 'x', message: 'broke' };
    const answers = createAnswers(createLocalBus(), async () => ({ state: 'failed' as const, failure }));
    expect(await answers.wait(wait()).outcome).toEqual({ kind: 'ended', state: 'failed', failure });
    answers.close();
  });

  it('survives a record that can not be read', async () => {
    const bus = createLocalBus();
    const answers = createAnswers(bus, () => Promise.reject(new Error('no database')));
    const waiting = answers.wait(wait());
    waiting.look();
    bus.publish({ kind: 'run.answer', ...message, response });
    expect(await waiting.outcome).toEqual({ kind: 'answered', response });
    answers.close();
  });

  it('keeps nothing for who has left or waited too long', async () => {
    const answers = createAnswers(createLocalBus(), async () => ({ state: 'running' as const }));
    const left = answers.wait(wait());
    left.leave();
    expect(await left.outcome).toEqual({ kind: 'gone' });
    expect(await answers.wait(wait(1)).outcome).toEqual({ kind: 'late' });
    expect(answers.waiting).toBe(0);
    answers.close();
  });
});
