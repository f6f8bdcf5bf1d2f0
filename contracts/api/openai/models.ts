/** `/v1/models`: what may be named as `model`. */
import { z } from 'zod';

export const openAiModel = z.object({
  id: z.string(),
  object: z.literal('model'),
  created: z.int(),
  owned_by: z.string(),
  /** As people read it. */
  name: z.string(),
});
export type OpenAiModel = z.output<typeof openAiModel>;

export const openAiModelList = z.object({ object: z.literal('list'), data: z.array(openAiModel) });
export type OpenAiModelList = z.output<typeof openAiModelList>;
