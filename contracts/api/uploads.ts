/**
 * Uploads: asked for here, sent straight to the store, and checked when they have arrived.
 *
 *   POST /files/uploads               → how to send it: one request, or parts
 *   PUT  <what that says>
 *   POST /files/uploads/<id>/complete → the file, ready
 */
import { z } from 'zod';
import { filePurpose, fileState, fileVisibility } from '../files.ts';
import { moment, pageOf, pageQuery } from './page.ts';

/** A media type without parameters, as it stands in a header. */
const mediaType = z
  .string()
  .trim()
  .toLowerCase()
  .max(120)
  .regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/, 'Give a media type such as image/png.');

/** Folders in it are left out; nothing in it can end a header or a line. */
const uploadName = z
  .string()
  .transform((name) => {
    const last = name.split(/[\\/]/).at(-1) ?? '';
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    return last.replace(/[\u0000-\u001f\u007f]/g, '').trim();
  })
  .pipe(z.string().min(1).max(255));

export const createUpload = z.object({
  name: uploadName,
  type: mediaType.describe('What it is; application/octet-stream: look and see'),
  bytes: z.int().min(1).describe('Exactly how many will come'),
  purpose: filePurpose.exclude(['export']).default('file'),
  visibility: fileVisibility.optional().describe('Default: public for avatars, private for others'),
});
export type CreateUpload = z.input<typeof createUpload>;

export const file = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  bytes: z.int(),
  purpose: filePurpose,
  visibility: fileVisibility,
  state: fileState,
  /** Of the bytes as they came, once they were checked. */
  sha256: z.string().optional(),
  /** Of pictures, in pixels. */
  width: z.int().optional(),
  height: z.int().optional(),
  /** Once it is ready: an address, or a path on this server. */
  url: z.string().optional(),
  thumbnailUrl: z.string().optional(),
  /** Why it was refused. */
  problem: z.object({ code: z.string(), title: z.string(), detail: z.string() }).optional(),
  createdBy: z.string(),
  createdAt: moment,
});
export type UploadedFile = z.output<typeof file>;

export const signedRequest = z.object({
  method: z.literal('PUT'),
  url: z.string().describe('An address, or a path on this server'),
  headers: z.record(z.string(), z.string()).describe('To be sent as they are'),
});
export type SignedUpload = z.output<typeof signedRequest>;

/** How the bytes get there. */
export const sending = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole'), request: signedRequest, expiresAt: moment }),
  z.object({
    kind: z.literal('parts'),
    /** Of every part but the last. */
    partBytes: z.int(),
    parts: z.int(),
    /** Numbers of those that are there already, from 1. */
    arrived: z.array(z.int()),
  }),
]);
export type Sending = z.output<typeof sending>;

/** `sending` is left out once everything has arrived. */
export const upload = z.object({ file, sending: sending.optional() });
export type Upload = z.output<typeof upload>;

export const signParts = z.object({ parts: z.array(z.int().min(1).max(10_000)).min(1).max(100) });

export const signedParts = z.object({
  items: z.array(z.object({ part: z.int(), bytes: z.int(), request: signedRequest })),
  expiresAt: moment,
});
export type SignedParts = z.output<typeof signedParts>;

export const filePage = pageOf(file);
export const listFiles = pageQuery.extend({
  purpose: filePurpose.optional(),
  search: z.string().max(200).optional().describe('Part of the name'),
});

/** An address that opens the file for whoever has it, for a short while. */
export const fileLink = z.object({ url: z.string(), expiresAt: moment });

/** What uploaded files take in the workspace. The same bytes are counted once. */
export const storageUse = z.object({
  files: z.int(),
  bytes: z.int(),
  /** Absent: no limit. */
  limit: z.int().optional(),
});
