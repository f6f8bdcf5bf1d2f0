import { describe, expect, it } from '@jest/globals';
import { type RunInput, runFromTick } from './run.ts';
import { runHeaderOf, runOfInput } from './run-header.ts';

const input: RunInput = {
  run: 'r1',
  workspace: 'w',
  automation: { id: 'a', name: 'A' },
  version: { id: 'v', number: 1 },
  trigger: { kind: 'schedule', node: 'tick' },
};
const facts = {
  workflowId: 'automation:w:a:tick-2026-03-01T00:00:00Z',
  firstRunId: '0198c0de-0000-7000-8000-0000feedbeef',
  startedAt: 5,
};

describe('A run’s header', () => {
  it('names the run as its input does, or by the tick and the execution that it is', () => {
    expect(runOfInput(input, facts)).toBe('r1');
    expect(runOfInput({ ...input, run: runFromTick }, facts)).toBe('tick-2026-03-01T000000Z-feedbeef');
    expect(runOfInput({ ...input, run: 'from-workflow-id' }, facts)).toBe('tick-2026-03-01T000000Z');
  });

  it('keeps the start of the first execution, whose run it takes up, and who called it', () => {
    expect(runHeaderOf(input, facts)).toEqual({
      run: 'r1',
      workspace: 'w',
      automation: 'a',
      version: 'v',
      trigger: 'schedule',
      triggerNode: 'tick',
      workflowId: facts.workflowId,
      startedAt: 5,
    });
    const caller = { workflowId: 'x', run: 'p', node: 'call', index: 2, waits: true } as RunInput['caller'];
    const resume = { startedAt: 3, seq: 9, snapshot: {} };
    expect(runHeaderOf({ ...input, retryOf: 'r0', resume, caller }, facts)).toMatchObject({
      startedAt: 3,
      retryOf: 'r0',
      parent: { run: 'p', node: 'call', index: 2, waits: true },
    });
  });
});
