/** Completion inside `{{ … }}`: paths of the data at hand, node names, globals and methods. */
import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
  pickedCompletion,
} from '@codemirror/autocomplete';
import type { JsonObject } from '../../../../../contracts/json.ts';
import { globalNames, methodNames } from '../../../../../engine/expressions/index.ts';
import { jsonPaths } from './json-paths.ts';

export interface CompletionData {
  json: JsonObject | undefined;
  /** Workspace variables, by name. */
  vars: Readonly<Record<string, string>>;
  /** Nodes that may be named, with the JSON of their first item. */
  nodes: readonly { name: string; json: JsonObject | undefined }[];
}

const methods: Completion[] = [...methodNames]
  .sort()
  .map((label) => ({ label, type: 'method', apply: `${label}()`, boost: -1 }));
const globals: Completion[] = globalNames.map((label) => ({ label, type: 'variable' }));

export function expressionCompletions(data: () => CompletionData): CompletionSource {
  return (context) => complete(context, data());
}

function complete(
  context: CompletionContext,
  { json, nodes, vars }: CompletionData,
): CompletionResult | null {
  const before = context.state.sliceDoc(0, context.pos);
  const open = before.lastIndexOf('{{');
  if (open < 0 || before.indexOf('}}', open) >= 0) return null;
  const inside = before.slice(open + 2);

  const path =
    /(\$json|\$\(\s*(['"`])([^'"`]+)\2\s*\)\.(?:item|first\(\)|last\(\))\.json)([.[][\w$.[\]"]*)?$/.exec(
      inside,
    );
  if (path?.[4] !== undefined) {
    const found = path[3] === undefined ? json : nodes.find((node) => node.name === path[3])?.json;
    const options = jsonPaths(found ?? {}).map(
      ({ path: label, sample }): Completion => ({ label, detail: sample, type: 'property', boost: 1 }),
    );
    const tail = /\.\w*$/.exec(path[4]);
    const tailMethods =
      tail && tail.index > 0
        ? methods.map((method) => ({
            ...method,
            label: path[4]!.slice(0, tail.index + 1) + method.label,
            displayLabel: method.label,
            apply: path[4]!.slice(0, tail.index + 1) + method.apply,
          }))
        : [];
    return { from: context.pos - path[4].length, options: [...options, ...tailMethods], filter: true };
  }
  const naming = /\$\(\s*(['"`]?)([^'"`)]*)$/.exec(inside);
  if (naming) {
    const wanted = naming[2]!.toLowerCase();
    return {
      from: context.pos - naming[0].length,
      options: nodes
        .filter(({ name }) => name.toLowerCase().includes(wanted))
        .map(({ name }) => nodeCompletion(name)),
      filter: false,
    };
  }
  const variable = /\$vars\.(\w*)$/.exec(inside);
  if (variable)
    return {
      from: context.pos - variable[1]!.length,
      options: Object.entries(vars).map(
        ([label, value]): Completion => ({ label, detail: value.slice(0, 40), type: 'property' }),
      ),
    };
  const method = /\.(\w*)$/.exec(inside);
  if (method) return { from: context.pos - method[1]!.length, options: methods };
  const word = /[$\w]*$/.exec(inside)![0];
  if (!word && !context.explicit) return null;
  const named = nodes.slice(0, 20).map(({ name }) => nodeCompletion(name));
  return { from: context.pos - word.length, options: [...globals, ...named] };
}

/** `$('Name').item.json`. The quote and bracket that the editor closed by itself are taken over. */
function nodeCompletion(name: string): Completion {
  const call = `$('${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}')`;
  return {
    label: call,
    type: 'function',
    apply: (view, completion, from, to) => {
      const closed = /^['"`]?\)?/.exec(view.state.sliceDoc(to, to + 2))![0].length;
      const insert = `${call}.item.json`;
      view.dispatch({
        changes: { from, to: to + closed, insert },
        selection: { anchor: from + insert.length },
        annotations: pickedCompletion.of(completion),
      });
    },
  };
}
