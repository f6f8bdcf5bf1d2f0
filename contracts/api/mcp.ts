/** Messages of the Model Context Protocol, as far as the API looks at them: the protocol's own schemas are in its SDK. */
import { z } from 'zod';
import { jsonObject } from '../json.ts';

export const mcpMessages = z.union([jsonObject, z.array(jsonObject).min(1).max(20)]);

/** A JSON-RPC error: the request was none of the protocol. */
export const mcpRefusal = z.looseObject({
  jsonrpc: z.literal('2.0'),
  error: z.looseObject({ code: z.int(), message: z.string() }),
});
