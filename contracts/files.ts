/**
 * Files that people and programs upload: what they are for, and what each purpose takes. Files of runs are something else: they come and
 * go with their run (`api/files.ts`).
 */
import { z } from 'zod';

/** `avatar`: the picture of an agent. `chat`: attached to a message. `file`: of the workspace. `export`: made by Hiviex for somebody. */
export const filePurpose = z.enum(['avatar', 'chat', 'file', 'export']);
export type FilePurpose = z.output<typeof filePurpose>;

/** `public`: for whoever has its address, for ever; pictures only, and without what a camera wrote into them. */
export const fileVisibility = z.enum(['private', 'public']);
export type FileVisibility = z.output<typeof fileVisibility>;

/**
 * - `uploading`: its bytes are on their way.
 * - `checking`: they have arrived and are looked at.
 * - `ready`: they are what was said, and can be opened.
 * - `refused`: they are not; nothing of them is kept.
 */
export const fileState = z.enum(['uploading', 'checking', 'ready', 'refused']);
export type FileState = z.output<typeof fileState>;

/** Pictures that browsers show, that can run nothing, and of which there are thumbnails. */
export const pictureTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'] as const;

export function isPicture(type: string): boolean {
  return (pictureTypes as readonly string[]).includes(type);
}

interface PurposeRule {
  /** Bytes; the instance may allow less. */
  maxBytes: number;
  /** Media types; left out: any. */
  types?: readonly string[];
  visibility: FileVisibility;
}

/** What may be uploaded for a purpose. Nobody uploads an export. */
export const purposeRules: Readonly<Record<Exclude<FilePurpose, 'export'>, PurposeRule>> = {
  avatar: { maxBytes: 10_000_000, types: pictureTypes, visibility: 'public' },
  chat: { maxBytes: 500_000_000, visibility: 'private' },
  file: { maxBytes: Number.MAX_SAFE_INTEGER, visibility: 'private' },
};

/** Bytes above which a file goes up in parts, each tried again by itself. */
export const partsAbove = 16 * 1024 * 1024;

/** Bytes of a part: 10,000 of them are 80 GB. */
export const partBytes = 8 * 1024 * 1024;

/** The longer side of a thumbnail, in pixels. */
export const thumbnailPixels = 320;
/** The same of a private picture as strangers see it, by a link to a conversation. */
export const sharedPixels = 1_600;

/** Where that is kept: it goes with the thumbnail. */
export function sharedPictureKey(thumbnail: string): string {
  return `${thumbnail}-shared`;
}
