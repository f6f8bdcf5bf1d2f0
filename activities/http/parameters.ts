/** The node's parameters after their expressions are evaluated: a header's value may by now be a number, a body an object. */
import { z } from 'zod';
import { httpMethods, httpRequest } from '../../contracts/catalogue/http-request.ts';
import { StepFailure } from '../../contracts/effect.ts';
import { type JsonObject, type JsonValue, jsonValue } from '../../contracts/json.ts';

const textual = jsonValue.transform(asText);
const pairs = z
  .array(z.object({ name: textual.default(''), value: textual.default('') }))
  .default([])
  .transform((list) => list.filter(({ name }) => name !== ''));

const resolved = httpRequest.parameters.extend({
  method: z
    .string()
    .transform((name) => name.trim().toUpperCase())
    .pipe(z.enum(httpMethods, { error: `is not one of ${httpMethods.join(', ')}` }))
    .default('GET'),
  url: z.string({ error: 'is not text' }).trim().min(1, 'is empty'),
  query: pairs,
  headers: pairs,
  jsonBody: jsonValue.default('{}'),
  formBody: pairs,
  textBody: textual.default(''),
  formFiles: z.array(z.object({ name: textual.default('file'), file: textual.default('data') })).default([]),
  bodyFile: textual.default('data'),
  fileName: textual.default('data'),
});
export type HttpParameters = z.output<typeof resolved>;

/** @throws StepFailure `bad-parameters` naming every field that is wrong; values are never repeated, they may be secrets. */
export function readHttpParameters(parameters: JsonObject): HttpParameters {
  const parsed = resolved.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  throw new StepFailure({
    code: 'bad-parameters',
    message: `The HTTP request cannot be made: ${reasons.join('; ')}.`,
    hint: 'Check the expressions in these fields with the preview.',
  });
}

function asText(value: JsonValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
