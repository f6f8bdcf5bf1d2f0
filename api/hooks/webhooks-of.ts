/** The webhook addresses that a graph asks for. */
import { webhookTrigger } from '../../contracts/catalogue/webhook-trigger.ts';
import type { Graph } from '../../contracts/graph.ts';
import { text } from '../../contracts/text.ts';
import type { GraphProblem } from '../../contracts/validate-graph.ts';
import type { WebhookRoute } from '../../db/index.ts';

/** `problems` names nodes that ask for the address of another node in the same graph. */
export function webhooksOf(graph: Graph): { webhooks: WebhookRoute[]; problems: GraphProblem[] } {
  const webhooks: WebhookRoute[] = [];
  const problems: GraphProblem[] = [];
  for (const node of graph.nodes) {
    if (node.type !== webhookTrigger.type || node.disabled) continue;
    const parsed = webhookTrigger.parameters.safeParse(node.parameters);
    if (!parsed.success) continue; // said by validation already
    const { method, path } = parsed.data;
    if (!webhooks.some((other) => other.method === method && other.path === path)) {
      webhooks.push({ node: node.id, method, path });
      continue;
    }
    problems.push({
      severity: 'error',
      code: 'webhook.duplicate',
      message: text(
        `Another node of this automation listens at ${method} ${path} already.`,
        `Outro nó desta automação já escuta em ${method} ${path}.`,
      ),
      node: node.id,
      nodeName: node.name,
      field: 'parameters.path',
    });
  }
  return { webhooks, problems };
}
