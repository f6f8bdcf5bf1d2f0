/**
 * A picture as models take it, made by `sharp`: turned as it is to be seen, no larger than they look at, in a format that all of them
 * know, and with nothing but its pixels, for where it was taken is nobody's business. Loaded with the first picture.
 */
const mostPixels = 50_000_000;
const mostSeconds = 20;
/** The longer side. Makers scale down what is larger themselves, after it was sent. */
const longestSide = 1_568;
/** Bytes; base64 makes a third more of it, and some refuse 5 MB. */
const mostBytes = 3_500_000;

export interface PictureForModel {
  mimeType: 'image/png' | 'image/jpeg';
  bytes: Buffer;
}

/** @returns undefined for what is broken, or has too many pixels */
export async function pictureForModel(bytes: Buffer): Promise<PictureForModel | undefined> {
  const { default: sharp } = await import('sharp');
  const open = () =>
    sharp(bytes, { limitInputPixels: mostPixels })
      .timeout({ seconds: mostSeconds })
      .autoOrient()
      .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true });
  try {
    const { format, hasAlpha } = await sharp(bytes, { limitInputPixels: mostPixels }).metadata();
    if (format === 'png' || hasAlpha) {
      const png = await open().png().toBuffer();
      if (png.length <= mostBytes) return { mimeType: 'image/png', bytes: png };
    }
    const jpeg = await open().flatten({ background: '#fff' }).jpeg({ quality: 85 }).toBuffer();
    return { mimeType: 'image/jpeg', bytes: jpeg };
  } catch {
    return undefined;
  }
}
