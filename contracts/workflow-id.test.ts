import { describe, expect, it } from '@jest/globals';
import { runOfTick, workflowIdOf } from './run.ts';
import { partsOfWorkflowId, runOfWorkflow } from './workflow-id.ts';

const of = { workspace: 'w1', automation: 'a1' };

describe('a workflow id', () => {
  it('says whose run it is', () => {
    expect(partsOfWorkflowId(workflowIdOf({ ...of, run: 'r1' }))).toEqual({ ...of, rest: 'r1' });
    expect(partsOfWorkflowId('poll:w1:a1:node')).toBeUndefined();
    expect(partsOfWorkflowId('r1')).toBeUndefined();
  });

  it('of a tick names the same run as the tick itself does, though its time has colons', () => {
    const workflowId = workflowIdOf({ ...of, run: 'clock-2026-03-01T10:20:30Z' });
    const firstRunId = '01a2b3c4-0000-7000-8000-0000feedbeef';
    expect(runOfWorkflow(workflowId, firstRunId)).toBe(runOfTick(of, { workflowId, firstRunId }));
    expect(runOfWorkflow(workflowIdOf({ ...of, run: 'r1' }), firstRunId)).toBe('r1');
  });
});
