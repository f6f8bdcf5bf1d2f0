/** A picture as models take it: no larger than they look at, in a format that all of them know, and with nothing but its pixels. */
import { openPicture } from '../../storage/index.ts';

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
  const open = () => openPicture(bytes, { longestSide });
  try {
    const { format, hasAlpha } = await (await open()).metadata();
    if (format === 'png' || hasAlpha) {
      const png = await (await open()).png().toBuffer();
      if (png.length <= mostBytes) return { mimeType: 'image/png', bytes: png };
    }
    const flat = (await open()).flatten({ background: '#fff' });
    return { mimeType: 'image/jpeg', bytes: await flat.jpeg({ quality: 85 }).toBuffer() };
  } catch {
    return undefined;
  }
}
