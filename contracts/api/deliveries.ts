import { z } from 'zod';
import { gatedState } from '../gates.ts';
import { jsonObject } from '../json.ts';
import { moment, pageOf } from './page.ts';

/** A call of a webhook that keeps its deliveries. */
export const delivery = z.object({
  id: z.string(),
  automation: z.string(),
  /** The webhook node. */
  node: z.string(),
  at: moment,
  method: z.string(),
  path: z.string(),
  /** What its caller was answered. */
  status: z.int(),
  /** Why it was refused: the code of the problem. */
  problem: z.string().optional(),
  run: z.string().optional(),
  /** Another delivery with the same key came before: no new run was started. */
  repeated: z.boolean(),
  /** Headers (secrets masked), query and body; left out when it was refused or is too large to keep. */
  item: jsonObject.optional(),
  /** The delivery that this one repeats, because a person asked. */
  replayOf: z.string().optional(),
  /** What the gate of the webhook did with it; left out when it has none. */
  gate: gatedState.optional(),
});
export type Delivery = z.output<typeof delivery>;
export const deliveryPage = pageOf(delivery);
