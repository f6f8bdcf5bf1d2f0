import { describe, expect, it } from '@jest/globals';
import { noUsage } from '../../contracts/models/usage.ts';
import { answerLimit, limitReached, nothingTaken, strictest, withAnswer } from './limits.ts';

const answer = (cost: number | null) => ({ usage: { ...noUsage, input: 100, output: 20 }, cost });

describe('limits', () => {
  it('add up what was taken; a model without a price makes the sum unknown for good', () => {
    const taken = withAnswer(withAnswer(nothingTaken, answer(5)), answer(7));
    expect(taken).toMatchObject({ modelCalls: 2, cost: 12, usage: { input: 200, output: 40 } });
    expect(withAnswer(withAnswer(taken, answer(null)), answer(1)).cost).toBeNull();
  });

  it.each([
    [{ steps: 1 }, 'agent-limit-steps'],
    [{ steps: 9, tokens: 120 }, 'agent-limit-tokens'],
    [{ steps: 9, money: 5 }, 'agent-limit-money'],
    [{ steps: 9, seconds: 1 }, 'agent-limit-seconds'],
    [{ steps: 9, tokens: 121, money: 6, seconds: 2 }, undefined],
  ])('%j: %s', (limits, code) => {
    const taken = { ...withAnswer(nothingTaken, answer(5)), activeMs: 1_000 };
    expect(limitReached(taken, limits)?.code).toBe(code);
  });

  it('of a run only make those of the agent stricter', () => {
    expect(strictest({ steps: 10, tokens: 5 }, { steps: 20, tokens: 9, money: 3 })).toEqual({
      ...{ steps: 10, tokens: 5, money: 3, seconds: undefined },
    });
  });

  it('leave the next answer what is left of the tokens', () => {
    const taken = withAnswer(nothingTaken, answer(0));
    expect(answerLimit(taken, { steps: 9, tokens: 150 }, 4_096)).toBe(30);
    expect(answerLimit(taken, { steps: 9, tokens: 150 }, 10)).toBe(10);
    expect(answerLimit(taken, { steps: 9, tokens: 100 }, undefined)).toBe(1);
    expect(answerLimit(taken, { steps: 9 }, undefined)).toBeUndefined();
  });
});
