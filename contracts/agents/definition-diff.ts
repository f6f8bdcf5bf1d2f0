/** What differs between two definitions of an agent: its instructions, what it has lists of (by name), and everything else field by field. */
import { type FieldChange, fieldChanges } from '../graph-diff.ts';
import type { JsonObject } from '../json.ts';
import type { AgentDefinition } from './agent.ts';

export type ListedPart = 'tools' | 'variables' | 'starts';

export interface PartChange {
  part: ListedPart;
  kind: 'added' | 'removed' | 'changed';
  /** Of the tool or variable; of a start its id. */
  name: string;
  /** Of one that changed. */
  fields: FieldChange[];
}

export interface DefinitionDiff {
  /** Left out: they are the same. */
  instructions?: { before: string; after: string };
  parts: PartChange[];
  fields: FieldChange[];
}

const parts: readonly ListedPart[] = ['tools', 'variables', 'starts'];

export function diffDefinitions(before: AgentDefinition, after: AgentDefinition): DefinitionDiff {
  const { instructions: was, ...formerRest } = restOf(before);
  const { instructions: is, ...rest } = restOf(after);
  return {
    ...(was !== is && { instructions: { before: was, after: is } }),
    parts: parts.flatMap((part) => partChanges(part, before, after)),
    fields: fieldChanges(formerRest as JsonObject, rest as JsonObject),
  };
}

export function isSameDefinition({ instructions, parts: changed, fields }: DefinitionDiff): boolean {
  return instructions === undefined && changed.length + fields.length === 0;
}

function restOf({ tools: _, variables: __, starts: ___, ...rest }: AgentDefinition) {
  return rest;
}

function partChanges(part: ListedPart, before: AgentDefinition, after: AgentDefinition): PartChange[] {
  const [former, present] = [byName(part, before), byName(part, after)];
  const changes = [...present].flatMap(([name, item]): PartChange[] => {
    const old = former.get(name);
    if (!old) return [{ part, kind: 'added', name, fields: [] }];
    const fields = fieldChanges(old, item);
    return fields.length > 0 ? [{ part, kind: 'changed', name, fields }] : [];
  });
  const removed = [...former.keys()].filter((name) => !present.has(name));
  return [...changes, ...removed.map((name): PartChange => ({ part, kind: 'removed', name, fields: [] }))];
}

function byName(part: ListedPart, definition: AgentDefinition): Map<string, JsonObject> {
  const items = (definition[part] ?? []) as readonly ({ name: string } | { id: string })[];
  return new Map(items.map((item) => ['name' in item ? item.name : item.id, item as unknown as JsonObject]));
}
