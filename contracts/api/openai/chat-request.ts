/**
 * A request to `/v1/chat/completions`, in OpenAI's words. Fields that are not here are left out of account, as they are hints or the
 * caller's own notes (`user`, `seed`, `metadata`, …); those that would change what the caller gets back are refused by name.
 */
import { z } from 'zod';
import { jsonObject } from '../../json.ts';

/** The name of a tool, of a function, of a schema. */
const name = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);

const textPart = z.object({ type: z.literal('text'), text: z.string() });
/** A data URL. Bytes of other hosts are for the caller to fetch. */
const imagePart = z.object({
  type: z.literal('image_url'),
  image_url: z.object({
    url: z
      .string()
      .regex(
        /^data:image\/(png|jpeg|gif|webp|avif);base64,/,
        'Send the picture itself, as a data: URL in base64.',
      ),
  }),
});
/** A PDF. */
const filePart = z.object({
  type: z.literal('file'),
  file: z.object({
    filename: z.string().max(500).default('file.pdf'),
    file_data: z.string().regex(/^data:application\/pdf;base64,/, 'Send a PDF, as a data: URL in base64.'),
  }),
});
export const openAiPart = z.discriminatedUnion('type', [textPart, imagePart, filePart]);
export type OpenAiPart = z.output<typeof openAiPart>;

const texts = z.union([z.string(), z.array(textPart)]);

const toolCall = z.object({
  id: z.string().min(1).max(200),
  type: z.literal('function').default('function'),
  function: z.object({ name, arguments: z.string() }),
});

export const openAiMessage = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer']), content: texts }),
  z.object({ role: z.literal('user'), content: z.union([z.string(), z.array(openAiPart)]) }),
  z.object({
    role: z.literal('assistant'),
    content: texts.nullish(),
    tool_calls: z.array(toolCall).max(128).optional(),
  }),
  z.object({ role: z.literal('tool'), tool_call_id: z.string().min(1).max(200), content: texts }),
]);
export type OpenAiMessage = z.output<typeof openAiMessage>;

/** Left out, or the one value that asks for nothing more. @param says what to do instead */
const only = <T extends boolean | number>(value: T, says: string) =>
  z.literal(value, { error: says }).nullish();

export const chatCompletionRequest = z.object({
  /** From `/v1/models`, or any that a provider of the workspace has: `<provider>/<model>`. */
  model: z.string().trim().min(1).max(400),
  messages: z.array(openAiMessage).min(1).max(2_000),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  tools: z
    .array(
      z.object({
        type: z.literal('function', { error: 'Only tools of the type "function" can be called here.' }),
        function: z.object({ name, description: z.string().default(''), parameters: jsonObject.optional() }),
      }),
    )
    .max(128)
    .nullish(),
  tool_choice: z
    .union([
      z.enum(['auto', 'none', 'required']),
      z.object({ type: z.literal('function'), function: z.object({ name }) }),
    ])
    .nullish(),
  response_format: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('text') }),
      z.object({ type: z.literal('json_object') }),
      z.object({ type: z.literal('json_schema'), json_schema: z.object({ name, schema: jsonObject }) }),
    ])
    .nullish(),
  n: only(1, 'One answer is given to a request: leave it out, or send the request again.'),
  logprobs: only(false, 'Probabilities of tokens are not given: leave it out.'),
  parallel_tool_calls: only(true, 'A model may call for several tools at once: leave it out.'),
});
export type ChatCompletionRequest = z.output<typeof chatCompletionRequest>;
