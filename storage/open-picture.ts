import type { Sharp } from 'sharp';

const mostPixels = 50_000_000;
const mostSeconds = 20;

let loaded: Promise<typeof import('sharp').default> | undefined;

/**
 * Opens a picture that somebody else made, by `sharp`, which is loaded with the first one: turned as it is to be seen, and without what a
 * camera wrote into it (where it was taken, by whom). Pixels are limited before any is decoded, and time while they are: a small file may
 * unfold to gigabytes. What is broken or too large fails when it is read.
 *
 * @param longestSide pixels; left out, or more than it has: as large as it is
 */
export async function openPicture(
  bytes: Buffer,
  { longestSide, animated = false }: { longestSide?: number | undefined; animated?: boolean } = {},
): Promise<Sharp> {
  loaded ??= load();
  const sharp = await loaded;
  return sharp(bytes, { limitInputPixels: mostPixels, animated })
    .timeout({ seconds: mostSeconds })
    .autoOrient()
    .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true });
}

/** Other work wants the cores too, and no picture is asked for twice. */
async function load() {
  const { default: sharp } = await import('sharp');
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}
