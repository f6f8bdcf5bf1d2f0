/** Which fields of a node have to be filled in, as far as its schema leaves that to the node's own check. */
import type { Field } from '../../../../../contracts/field.ts';
import type { JsonObject } from '../../../../../contracts/json.ts';
import type { NodeType } from '../../../../../contracts/node-type.ts';

/** Names of the fields that the check would miss if they were empty, the others being as they are. */
export function neededFields(
  { parameters: schema, check }: Pick<NodeType, 'parameters' | 'check'>,
  fields: readonly Field[],
  parameters: JsonObject,
): ReadonlySet<string> {
  if (!check) return new Set();
  const isMissed = ({ name }: Field): boolean => {
    const { [name]: _, ...others } = parameters;
    const read = schema.safeParse(others);
    return read.success && check(read.data).some(({ path }) => path.length === 1 && path[0] === name);
  };
  return new Set(fields.filter((field) => !field.required && isMissed(field)).map(({ name }) => name));
}
