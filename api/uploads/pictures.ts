/** Pictures as they are shown: small, without what a camera wrote into them, or made anew for strangers. */
import { sharedPixels, thumbnailPixels } from '../../contracts/files.ts';
import { openPicture } from '../../storage/index.ts';

export interface Picture {
  width: number;
  height: number;
  /** WebP. */
  thumbnail: Buffer;
}

/** @returns undefined for what is broken, or has too many pixels */
export async function readPicture(bytes: Buffer): Promise<Picture | undefined> {
  try {
    const { autoOrient } = await (await openPicture(bytes)).metadata();
    const thumbnail = await within(bytes, thumbnailPixels);
    return { width: autoOrient.width, height: autoOrient.height, thumbnail };
  } catch {
    return undefined;
  }
}

/** A private picture as strangers see it, by a link to a conversation: its pixels and nothing else, WebP. @returns undefined as above */
export async function sharedPicture(bytes: Buffer): Promise<Buffer | undefined> {
  return within(bytes, sharedPixels).catch(() => undefined);
}

async function within(bytes: Buffer, longestSide: number): Promise<Buffer> {
  const picture = await openPicture(bytes, { longestSide });
  return picture.webp({ quality: 80 }).toBuffer();
}

export interface StrippedPicture {
  bytes: Buffer;
  /** As media types name it. */
  format: string;
}

/**
 * The same picture in the same format, turned as it is to be seen, with nothing but its pixels.
 * @param longestSide pixels; left out: as large as it is
 * @returns undefined as above
 */
export async function strippedPicture(
  bytes: Buffer,
  longestSide?: number,
): Promise<StrippedPicture | undefined> {
  try {
    const picture = await openPicture(bytes, { longestSide, animated: true });
    const { data, info } = await picture.toBuffer({ resolveWithObject: true });
    return { bytes: data, format: info.format === 'heif' ? 'avif' : info.format };
  } catch {
    return undefined;
  }
}
