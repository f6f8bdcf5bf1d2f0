/** Which nodes of a graph name which credentials. */
import { findNodeType } from '../catalogue/index.ts';
import { fieldsOf } from '../field.ts';
import type { Graph } from '../graph.ts';

export interface CredentialReference {
  credential: string;
  node: string;
  nodeName: string;
}

/** Of disabled nodes too: enabling one later adds no new reference. */
export function credentialReferences({ nodes }: Pick<Graph, 'nodes'>): CredentialReference[] {
  return nodes.flatMap(({ id, name, type, parameters }) => {
    const nodeType = findNodeType(type);
    const fields = nodeType ? fieldsOf(nodeType.parameters) : [];
    return fields.flatMap((field) => {
      const credential = field.control === 'credential' ? parameters[field.name] : undefined;
      if (typeof credential !== 'string' || credential === '') return [];
      return [{ credential, node: id, nodeName: name }];
    });
  });
}
