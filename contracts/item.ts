/** The unit of data on an edge; an edge carries a list of items. The shape is n8n's. */
import { z } from 'zod';
import { type JsonObject, jsonObject } from './json.ts';

/** Where an item came from: the position of the item that it was made of, in the list at `input` (default: the first input port). */
export interface PairedItem {
  item: number;
  input?: string | undefined;
}

/** A file beside the JSON: kept in object storage, travels as a reference. */
export interface BinaryReference {
  key: string;
  fileName: string;
  mimeType: string;
  bytes: number;
}

export interface Item {
  json: JsonObject;
  binary?: Record<string, BinaryReference> | undefined;
  pairedItem?: PairedItem | PairedItem[] | undefined;
}

const pairedItem = z.object({ item: z.int().nonnegative(), input: z.string().optional() });

export const binaryReference: z.ZodType<BinaryReference> = z.object({
  key: z.string(),
  fileName: z.string(),
  mimeType: z.string(),
  bytes: z.int().nonnegative(),
});

export const item: z.ZodType<Item> = z.object({
  json: jsonObject,
  binary: z.record(z.string(), binaryReference).optional(),
  pairedItem: z.union([pairedItem, z.array(pairedItem)]).optional(),
});

export const items = z.array(item);
