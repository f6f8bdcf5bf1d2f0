/** What differs between two definitions of an agent: its instructions, what it has lists of (by name), and everything else field by field. */
import { type FieldChange, fieldChanges } from '../graph-diff.ts';
import type { JsonObject } from '../json.ts';
import type { AgentDefinition } from './agent.ts';
import { nameOfStart } from './start.ts';

export type ListedPart = 'tools' | 'variables' | 'starts';

export interface PartChange {
  part: ListedPart;
  kind: 'added' | 'removed' | 'changed';
  /** Of the tool or variable; of a start when it starts. */
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

interface Listed {
  name: string;
  item: JsonObject;
}

function partChanges(part: ListedPart, before: AgentDefinition, after: AgentDefinition): PartChange[] {
  const [former, present] = [listed(part, before), listed(part, after)];
  const changes = [...present].flatMap(([key, { name, item }]): PartChange[] => {
    const old = former.get(key);
    if (!old) return [{ part, kind: 'added', name, fields: [] }];
    const fields = fieldChanges(old.item, item);
    return fields.length > 0 ? [{ part, kind: 'changed', name, fields }] : [];
  });
  const removed = [...former].filter(([key]) => !present.has(key));
  return [
    ...changes,
    ...removed.map(([, { name }]): PartChange => ({ part, kind: 'removed', name, fields: [] })),
  ];
}

/** By what makes two of them the same: the name, or the id of a start. */
function listed(part: ListedPart, definition: AgentDefinition): Map<string, Listed> {
  if (part === 'starts')
    return new Map(
      (definition.starts ?? []).map((start) => [
        start.id,
        { name: nameOfStart(start), item: start as unknown as JsonObject },
      ]),
    );
  return new Map(
    definition[part].map((item) => [item.name, { name: item.name, item: item as unknown as JsonObject }]),
  );
}
