/**
 * Pictures, made by `sharp`: thumbnails, and public pictures and those of other hosts without what a camera wrote into them (where it was
 * taken, by whom). Pixels are limited before any is decoded, and time while they are: a small file may unfold to gigabytes.
 */
import sharp from 'sharp';
import { sharedPixels, thumbnailPixels } from '../../contracts/files.ts';

const mostPixels = 50_000_000;
const mostSeconds = 20;

// Other requests want the cores too, and no picture is asked for twice.
sharp.concurrency(1);
sharp.cache(false);

export interface Picture {
  width: number;
  height: number;
  /** WebP. */
  thumbnail: Buffer;
}

/** @returns undefined for what is broken, or has too many pixels */
export async function readPicture(bytes: Buffer): Promise<Picture | undefined> {
  try {
    const { autoOrient } = await sharp(bytes, { limitInputPixels: mostPixels }).metadata();
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

function within(bytes: Buffer, pixels: number): Promise<Buffer> {
  return sharp(bytes, { limitInputPixels: mostPixels })
    .timeout({ seconds: mostSeconds })
    .autoOrient()
    .resize(pixels, pixels, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .toBuffer();
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
    const { data, info } = await sharp(bytes, { limitInputPixels: mostPixels, animated: true })
      .timeout({ seconds: mostSeconds })
      .autoOrient()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, format: info.format === 'heif' ? 'avif' : info.format };
  } catch {
    return undefined;
  }
}
