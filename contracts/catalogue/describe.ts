/**
 * The node catalogue as a Markdown page. Pure: the same catalogue gives the same text, so a test can compare the page that is
 * checked in (docs/nodes/index.md) with what the catalogue says now.
 */
import { type Field, fieldsOf } from '../field.ts';
import type { NodeGroup, NodeRole, NodeType, Port } from '../node-type.ts';
import { portsOf } from '../ports.ts';

const groups: Record<NodeGroup, string> = {
  triggers: 'Triggers',
  actions: 'Actions',
  ai: 'AI',
  data: 'Data',
  flow: 'Flow',
  notes: 'Notes',
};

const roles: Record<NodeRole, string> = {
  trigger: 'starts runs',
  compute: 'computes inside the workflow',
  effect: 'touches the world: an activity, retried and timed out as the node says',
  control: 'steers the run: the engine itself does it',
  annotation: 'never runs',
};

/** @param hasPage says of a node type whether docs/nodes/ has a page of its own about it */
export function describeCatalogue(
  catalogue: readonly NodeType[],
  hasPage: (type: string) => boolean,
): string {
  const sections = Object.entries(groups).map(([group, title]) => {
    const members = catalogue.filter((nodeType) => nodeType.group === group);
    return [`## ${title}`, ...members.map((nodeType) => describeNode(nodeType, hasPage(nodeType.type)))];
  });
  const intro = [
    '# Nodes',
    'Made from the catalogue (`contracts/catalogue/`) by `contracts/catalogue/describe.ts`; do not edit by hand.',
    [
      'A parameter marked *ƒ* may hold an [expression](../expressions.md). Ports are those of a node as it is added: Switch gets one per',
      'case (`case0`, `case1`, …), Merge one per input. Nodes that compute or touch the world can send what fails to an `error` port;',
      'those that touch the world take a retry policy and a timeout. In its settings any of them can be told to *execute once* (with the',
      'first item only) and to *always output data* (an empty item where it would give none).',
    ].join('\n'),
  ];
  return `${[...intro, ...sections.flat()].join('\n\n')}\n`;
}

function describeNode(nodeType: NodeType, hasPage: boolean): string {
  const { type, label, description, role } = nodeType;
  const { inputs, outputs } = portsOf(nodeType, { parameters: {} });
  const more = hasPage ? ` [More](${type}.md).` : '';
  return [
    `### ${label.en}`,
    `\`${type}\` · ${roles[role]} · in: ${portList(inputs)} · out: ${portList(outputs)}`,
    description.en + more,
    ...parameterTable(fieldsOf(nodeType.parameters)),
  ].join('\n\n');
}

function portList(ports: readonly Port[]): string {
  return ports.map(({ name }) => `\`${name}\``).join(', ') || 'none';
}

function parameterTable(fields: readonly Field[]): string[] {
  if (fields.length === 0) return [];
  const rows = fields.flatMap((field) => parameterRows(field, ''));
  return [['| parameter | | kind | default | |', '|---|---|---|---|---|', ...rows].join('\n')];
}

/** A field, and below it those of its entries: `cases[].label`. */
function parameterRows(field: Field, prefix: string): string[] {
  const name = prefix + field.name;
  const cells = [`\`${name}\``, field.label.en, kindOf(field), defaultOf(field), notesOf(field)];
  const inner = field.control === 'list' ? `${name}[].` : `${name}.`;
  return [
    `| ${cells.map(cell).join(' | ')} |`,
    ...(field.fields ?? []).flatMap((entry) => parameterRows(entry, inner)),
  ];
}

function kindOf(field: Field): string {
  const kind =
    field.values && field.values.length <= 12
      ? field.values.map((value) => `\`${value}\``).join(' ')
      : field.control;
  return field.dynamic ? `${kind} *ƒ*` : kind;
}

function defaultOf({ required, defaultValue }: Field): string {
  if (required) return '**required**';
  return defaultValue === undefined ? '' : `\`${JSON.stringify(defaultValue)}\``;
}

function notesOf({ help, showWhen }: Field): string {
  const conditions = Object.entries(showWhen ?? {}).map(
    ([name, values]) => `Only with \`${name}\` ${values.map((value) => `\`${value}\``).join(' or ')}.`,
  );
  return [help?.en ?? '', ...conditions].filter(Boolean).join(' ');
}

/** A bar would end the cell, a line break the row. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
