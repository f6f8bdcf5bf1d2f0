/** The node catalogue as data: for the docs, for generators of graphs, for editors that are not ours. */
import { z } from 'zod';
import { catalogue } from '../../contracts/catalogue/index.ts';
import { fieldsOf } from '../../contracts/field.ts';
import { defineRoute } from '../route.ts';

const text = z.object({ en: z.string(), pt: z.string() });
const port = z.object({ name: z.string(), label: text });
const nodeType = z.object({
  type: z.string(),
  version: z.number(),
  role: z.enum(['trigger', 'compute', 'effect', 'control', 'annotation']),
  group: z.string(),
  icon: z.string(),
  label: text,
  description: text,
  keywords: z.array(z.string()),
  /** Ports of a new node; some types have others once they are configured. */
  inputs: z.array(port),
  outputs: z.array(port),
  /** What a form shows, in order. */
  fields: z.array(z.record(z.string(), z.unknown())),
  /** JSON Schema of the parameters, as a graph holds them. */
  schema: z.record(z.string(), z.unknown()),
});
type NodeTypeView = z.output<typeof nodeType>;

export const list = defineRoute({
  method: 'get',
  path: '/catalogue',
  summary: 'Every node type, with its parameters',
  tag: 'catalogue',
  auth: 'catalogue.view',
  responses: { 200: z.object({ nodeTypes: z.array(nodeType) }) },
  handler: () => {
    view ??= catalogue.map(toView);
    return { status: 200, body: { nodeTypes: view } };
  },
});

let view: NodeTypeView[] | undefined;

function toView(entry: (typeof catalogue)[number]): NodeTypeView {
  const { type, version, role, group, icon, label, description, keywords, parameters } = entry;
  return {
    type,
    version,
    role,
    group,
    icon,
    label,
    description,
    keywords: [...keywords],
    inputs: [...entry.inputs({})],
    outputs: [...entry.outputs({})],
    fields: fieldsOf(parameters).map((field) => ({ ...field })),
    schema: z.toJSONSchema(parameters, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>,
  };
}
