/** The trigger "Poll an API": the entries of a list in a JSON answer. */
import type { z } from 'zod';
import type { pollTrigger } from '../../contracts/catalogue/poll-trigger.ts';
import { StepFailure } from '../../contracts/effect.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { getPath, isObject } from '../../engine/items/paths.ts';
import type { Effect } from '../effect.ts';
import { askHttp } from './ask-http.ts';
import type { PollSource } from './poll-source.ts';

type Parameters = z.output<typeof pollTrigger.parameters>;

export function createHttpSource(http: Effect): PollSource {
  return {
    sourceOf: ({ parameters: { url, list, id, cursor } }) =>
      JSON.stringify([url, list ?? '', id ?? 'id', cursor ?? '']),

    async ask(node, context) {
      const parameters = node.parameters as unknown as Parameters;
      const { url, headers, authentication, credential, cursorParameter } = parameters;
      const sent = cursorParameter !== '' && context.cursor !== undefined;
      const { body } = await askHttp(
        http,
        {
          ...{ url, headers },
          query: sent ? [{ name: cursorParameter, value: String(context.cursor) }] : [],
          credential: authentication === 'credential' ? credential : '',
        },
        context,
      );
      const list = parameters.list === '' ? body : getPath(body, parameters.list);
      if (!Array.isArray(list)) throw noList(parameters.list);
      let greatest = context.cursor;
      const entries = list.map((value) => {
        const grown = parameters.cursor === '' ? undefined : getPath(value, parameters.cursor);
        if (grown !== undefined && isGreater(grown, greatest)) greatest = grown;
        const json: JsonObject = isObject(value) ? value : { data: value };
        return { id: idOf(value, parameters.id), item: { json }, cursor: greatest };
      });
      return { entries };
    },
  };
}

function idOf(value: JsonValue, path: string): string {
  const id = path === '' ? undefined : getPath(value, path);
  return JSON.stringify(id ?? value);
}

/** Numbers by size, everything else as text: ISO dates and ids that grow compare well so. */
function isGreater(one: JsonValue, other: JsonValue | undefined): boolean {
  if (other === undefined) return true;
  if (typeof one === 'number' && typeof other === 'number') return one > other;
  return String(one) > String(other);
}

function noList(path: string): StepFailure {
  return new StepFailure({
    code: 'poll-no-list',
    message: path === '' ? 'The answer is not a list.' : `There is no list at "${path}" in the answer.`,
    hint: 'Look at what the address answers, and name the path of the list in the trigger.',
  });
}
