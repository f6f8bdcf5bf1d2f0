import { expect, it } from '@jest/globals';
import type { AgentStepRecord } from '../../../../../contracts/api/agents.ts';
import { noUsage } from '../../../../../contracts/models/usage.ts';
import { costsOfSteps } from './costs-of-steps.ts';

const step = (more: Partial<AgentStepRecord>): AgentStepRecord => ({
  ...{ step: 0, call: '', kind: 'model', name: 'm', state: 'succeeded', attempt: 1, cost: 0 },
  startedAt: '2026-01-01T00:00:00.000Z',
  ...more,
});
const asked = (cost: number | null) => step({ usage: { ...noUsage, input: 100, output: 20 }, cost });

it('sums what its calls to models took; tools take none of it, and a model without a price leaves it open', () => {
  const tool = step({ call: 'c', kind: 'code', cost: null });
  expect(costsOfSteps([asked(300), tool, asked(500)])).toMatchObject({
    ...{ steps: 3, usage: { input: 200, output: 40 }, cost: 800 },
  });
  expect(costsOfSteps([asked(300), asked(null)]).cost).toBeNull();
  expect(costsOfSteps([step({ state: 'running' })])).toMatchObject({
    steps: 1,
    usage: { input: 0 },
    cost: 0,
  });
});
