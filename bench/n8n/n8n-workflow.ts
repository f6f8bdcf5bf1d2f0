/** The measured automations in n8n's own JSON: what its editor would save, with parameters that equal a default left out. */
export interface N8nWorkflow {
  id: string;
  name: string;
  active: boolean;
  nodes: N8nNode[];
  /** By the source's name: for each of its outputs, the inputs it leads to. */
  connections: Record<string, { main: N8nTarget[][] }>;
  settings: { executionOrder: 'v1' };
}

export interface N8nNode {
  id: string;
  /** Connections and expressions go by it. */
  name: string;
  type: string;
  typeVersion: number;
  position: [x: number, y: number];
  parameters: object;
  /** Webhooks have one. */
  webhookId?: string;
}

interface N8nTarget {
  node: string;
  type: 'main';
  index: number;
}

/**
 * The same as orderGraph: webhook → total → over 100? → GET → respond.
 *
 * Answered at once, it has no respond node: n8n refuses a webhook that does not wait for the one behind it. It is one step less
 * for n8n than for us.
 */
export function n8nOrderWorkflow(
  path: string,
  answer: 'respondNode' | 'immediately',
  stub: string,
): N8nWorkflow {
  const waits = answer === 'respondNode';
  const webhook = { path, httpMethod: 'POST', ...(waits && { responseMode: 'responseNode' }) };
  const total = { id: 'total', name: 'total', value: '={{ $json.body.amount * 1.2 }}', type: 'number' };
  const steps: Step[] = [
    ['Webhook', 'webhook', 2, webhook],
    ['Total', 'set', 3.4, { assignments: { assignments: [total] }, includeOtherFields: true, options: {} }],
    ['Over 100', 'if', 2.2, { conditions: over('={{ $json.total }}', 100), options: {} }],
    ['Fetch', 'httpRequest', 4.2, { url: stub, options: {} }],
  ];
  if (waits) steps.push(['Respond', 'respondToWebhook', 1.1, { options: {} }]);
  return chain(path, steps);
}

type Step = [name: string, type: string, typeVersion: number, parameters: object];

/** Each leads to the next by its first output, which is `true` of an if. */
function chain(name: string, steps: Step[]): N8nWorkflow {
  const names = steps.map(([name]) => name);
  return {
    id: name,
    name,
    active: false, // as its import leaves it, whatever is written here
    nodes: steps.map(([node, type, typeVersion, parameters], index) => ({
      id: `${name}-${index + 1}`,
      name: node,
      type: `n8n-nodes-base.${type}`,
      typeVersion,
      position: [index * 200, 0],
      parameters,
      ...(type === 'webhook' && { webhookId: name }),
    })),
    connections: Object.fromEntries(
      names.slice(1).map((node, index) => [names[index]!, { main: [[{ node, type: 'main', index: 0 }]] }]),
    ),
    settings: { executionOrder: 'v1' },
  };
}

function over(leftValue: string, rightValue: number): object {
  return {
    options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
    combinator: 'and',
    conditions: [{ id: 'over', leftValue, rightValue, operator: { type: 'number', operation: 'gt' } }],
  };
}
