/**
 * A picture of another host, as we show it: fetched by the guard, with nothing of whoever looks; known by its own bytes, whatever it is
 * called; and made anew, so that nothing is left in it but pixels.
 */
import { isPicture } from '../../contracts/files.ts';
import type { Guard } from '../../outbound/guard/index.ts';
import { ApiProblem } from '../problems.ts';
import { type StrippedPicture, strippedPicture } from '../uploads/pictures.ts';
import { foundType } from '../uploads/type-agrees.ts';

const limits = { maxBytes: 10_000_000, timeoutMs: 15_000 };
/** Pixels. */
const longestSide = 2_000;
const headers = {
  accept: 'image/avif, image/webp, image/png, image/jpeg, image/gif',
  'user-agent': 'Hiviex',
};

/** @throws ApiProblem `picture-unavailable`, which says nothing of why: a name that leads to our own network is like one that leads nowhere */
export async function fetchPicture(address: string, guard: Pick<Guard, 'fetch'>): Promise<StrippedPicture> {
  const bytes = await read(address, guard).catch(() => undefined);
  const type = bytes && (await foundType(bytes));
  const shown = bytes && type && isPicture(type) ? await strippedPicture(bytes, longestSide) : undefined;
  if (!shown) throw new ApiProblem('picture-unavailable', { host: new URL(address).host });
  return shown;
}

async function read(address: string, guard: Pick<Guard, 'fetch'>): Promise<Buffer | undefined> {
  const response = await guard.fetch(address, { headers }, limits);
  if (response.ok) return Buffer.from(await response.arrayBuffer());
  await response.body?.cancel();
  return undefined;
}
