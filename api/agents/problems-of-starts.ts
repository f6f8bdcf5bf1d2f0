/** What would keep starts of an agent from working: what the validation of their graph says, by the fields of the draft. */
import type { AgentDefinition } from '../../contracts/agents/agent.ts';
import { askNodeOf, graphOfStarts } from '../../contracts/agents/graph-of-starts.ts';
import type { AgentProblem } from '../../contracts/api/agents.ts';
import { validateGraph } from '../../contracts/validate-graph.ts';
import { checkExpression } from '../check-expression.ts';

/** @param agent id of the agent */
export function problemsOfStarts({ starts = [] }: AgentDefinition, agent: string): AgentProblem[] {
  const fields = new Map(
    starts.flatMap((start, position) => [
      [start.id, `starts.${position}.trigger`],
      [askNodeOf(start), `starts.${position}`],
    ]),
  );
  return validateGraph(graphOfStarts(agent, starts), { checkExpression }).map(
    ({ severity, code, message, node, field = '' }) => ({
      ...{ severity, code, message },
      field: `${fields.get(node ?? '') ?? 'starts'}.${field.replace(/^parameters\./, '')}`,
    }),
  );
}
