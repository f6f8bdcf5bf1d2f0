/** Cursor pagination: `?cursor=&limit=` in, `{ items, nextCursor }` out. */
import { z } from 'zod';

export const pageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export function pageOf<T extends z.ZodType>(entry: T) {
  return z.object({ items: z.array(entry), nextCursor: z.string().optional() });
}

export const moment = z.iso.datetime().describe('UTC, ISO 8601');
