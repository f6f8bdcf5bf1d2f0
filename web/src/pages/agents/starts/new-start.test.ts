import { expect, it } from '@jest/globals';
import { agentDefinition } from '../../../../../contracts/agents/agent.ts';
import { graphOfStarts } from '../../../../../contracts/agents/graph-of-starts.ts';
import { validateForPublish } from '../../../../../contracts/validate-graph.ts';
import { newStart } from './new-start.ts';

it('makes starts that can be published as they are, side by side', () => {
  const starts = [newStart('schedule'), newStart('event'), newStart('schedule')];
  expect(agentDefinition.parse({ starts }).starts).toEqual(starts);
  const graph = graphOfStarts('agent', starts);
  expect([graph.nodes.length, graph.edges.length]).toEqual([6, 3]);
  expect(validateForPublish(graph)).toEqual([]);
});
