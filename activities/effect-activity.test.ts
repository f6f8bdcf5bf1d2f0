import { describe, expect, it } from '@jest/globals';
import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { pino } from 'pino';
import { StepFailure, stepFailureType } from '../contracts/effect.ts';
import type { Effect } from './effect.ts';
import { effectActivity, retryDelayMs } from './effect-activity.ts';
import { activityContext, effectInput, failureOf } from './testing.ts';

const log = pino({ level: 'silent' });
const activityOf = (run: Effect['run'], maxResultBytes = 1_000) =>
  effectActivity('test', { run }, { log, maxResultBytes });
const failing = (error: unknown) =>
  activityOf(async () => {
    throw error;
  });
const failure = { code: 'nope', message: 'It did not work.', hint: 'Try again.' };

describe('effectActivity', () => {
  it('gives what the effect gives, and which attempt it took', async () => {
    const activity = activityOf(async () => ({ items: [{ json: { a: 1 } }] }));
    const first = activityContext();
    expect(await first.run(activity, effectInput({}))).toEqual({ items: [{ json: { a: 1 } }] });
    const third = activityContext({ attempt: 3 });
    expect(await third.run(activity, effectInput({}))).toEqual({ items: [{ json: { a: 1 } }], attempts: 3 });
  });

  it('runs as a local activity, which cannot heartbeat', async () => {
    const local = activityContext({ isLocal: true });
    const activity = activityOf(async () => ({ items: [] }));
    expect(await local.run(activity, effectInput({}))).toEqual({ items: [] });
  });

  it('heartbeats while a remote activity runs and stops with it', async () => {
    const env = activityContext();
    const beat = new Promise((resolve) => env.once('heartbeat', resolve));
    let ended = false;
    const activity = activityOf(async () => {
      await beat;
      ended = true;
      return { items: [] };
    });
    await env.run(activity, effectInput({}));
    expect(ended).toBe(true);
  });

  it('reports a failure by its type, with the node named in the details', async () => {
    const env = activityContext();
    const { error, failure: reported } = await failureOf(
      env.run(failing(new StepFailure(failure)), effectInput({})),
    );
    expect(error.type).toBe(stepFailureType);
    expect(error.nonRetryable).toBe(true);
    expect(reported).toEqual({ ...failure, node: 'n1' });
  });

  it("asks for a retry by the node's own back-off, or when the other side says", async () => {
    const env = activityContext({ attempt: 2 });
    const retryable = failing(new StepFailure(failure, { retryable: true }));
    const { error } = await failureOf(env.run(retryable, effectInput({})));
    expect([error.nonRetryable, error.nextRetryDelay]).toEqual([false, 2_000]);
    const told = failing(new StepFailure(failure, { retryable: true, retryAfterMs: 7_000 }));
    expect((await failureOf(env.run(told, effectInput({})))).error.nextRetryDelay).toBe(7_000);
  });

  it('fails for good at the last attempt', async () => {
    const env = activityContext({ attempt: 3 });
    const retryable = failing(new StepFailure(failure, { retryable: true }));
    expect((await failureOf(env.run(retryable, effectInput({})))).error.nonRetryable).toBe(true);
  });

  it('caps the back-off', () => {
    const retry = { maxAttempts: 50, initialIntervalMs: 100, backoff: 3, maxIntervalMs: 500 };
    expect([1, 2, 3, 40].map((attempt) => retryDelayMs(retry, attempt))).toEqual([100, 300, 500, 500]);
  });

  it('keeps the text of unexpected errors, which may hold a secret, from the builder', async () => {
    const env = activityContext();
    const { failure: reported, error } = await failureOf(
      env.run(failing(new TypeError('token s3cret-value')), effectInput({})),
    );
    expect(reported.code).toBe('internal-error');
    expect(JSON.stringify([reported, error.message])).not.toContain('s3cret');
    expect(error.nonRetryable).toBe(false);
  });

  it('stops an effect at its time limit, even one that ignores its signal', async () => {
    const env = activityContext();
    const stuck = activityOf(() => new Promise(() => undefined));
    const { failure: reported, error } = await failureOf(env.run(stuck, effectInput({}, { timeoutMs: 30 })));
    expect(reported.code).toBe('step-timeout');
    expect(error.nonRetryable).toBe(false);
  });

  it('is cancelled, not failed, by a cancel; the effect sees the signal', async () => {
    const env = activityContext();
    let seen: AbortSignal | undefined;
    const waiting = activityOf(async (_, { signal }) => {
      seen = signal;
      env.cancel();
      return await new Promise(() => undefined);
    });
    await expect(env.run(waiting, effectInput({}))).rejects.toBeInstanceOf(CancelledFailure);
    expect(seen?.aborted).toBe(true);
  });

  it('asks for another attempt when the worker shuts down, even at the last one', async () => {
    const env = activityContext({ attempt: 3 });
    const waiting = activityOf(async () => {
      env.cancel('WORKER_SHUTDOWN');
      return await new Promise(() => undefined);
    });
    const error = await env.run(waiting, effectInput({})).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApplicationFailure);
    expect((error as ApplicationFailure).nonRetryable).toBe(false);
  });

  it('refuses a result that Temporal could not carry', async () => {
    const env = activityContext();
    const large = activityOf(async () => ({ items: [{ json: { text: 'x'.repeat(2_000) } }] }));
    const { failure: reported } = await failureOf(env.run(large, effectInput({})));
    expect(reported.code).toBe('result-too-large');
    expect(reported.message).toContain('My node');
    expect(reported.details).toMatchObject({ maxBytes: 1_000 });
  });
});
