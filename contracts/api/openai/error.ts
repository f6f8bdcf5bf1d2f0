/** Errors below `/v1`, as OpenAI's clients read them. */
import { z } from 'zod';

export const openAiError = z.object({
  error: z.object({
    /** What happened and what to do next. */
    message: z.string(),
    type: z.enum([
      'invalid_request_error',
      'authentication_error',
      'permission_error',
      'not_found_error',
      'rate_limit_error',
      'insufficient_quota',
      'server_error',
    ]),
    /** Path of the field that it is about. */
    param: z.string().nullable(),
    /** Stable: OpenAI's own where there is one that clients know (`model_not_found`, `context_length_exceeded`), else ours. */
    code: z.string(),
  }),
});
export type OpenAiErrorBody = z.output<typeof openAiError>;
