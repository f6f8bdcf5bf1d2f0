/** The ports that most node types have. */
import type { GraphNode } from './graph.ts';
import type { NodeType, Port } from './node-type.ts';
import { text } from './text.ts';

export const mainPort: Port = { name: 'main', label: text('Items', 'Itens') };
export const errorPort: Port = { name: 'error', label: text('Error', 'Erro') };

export const none = (): readonly Port[] => [];
export const oneMain = (): readonly Port[] => [mainPort];

/** All ports of a node as it is configured, the `error` output included when the node sends its failures there. */
export function portsOf(
  nodeType: NodeType,
  node: Pick<GraphNode, 'parameters' | 'onError'>,
): { inputs: readonly Port[]; outputs: readonly Port[] } {
  const outputs = nodeType.outputs(node.parameters);
  return {
    inputs: nodeType.inputs(node.parameters),
    outputs: node.onError === 'errorPort' ? [...outputs, errorPort] : outputs,
  };
}
