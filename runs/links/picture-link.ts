/**
 * Links to pictures of other hosts, which a browser sees through us: without a signature the server would fetch whatever anybody writes
 * into a page.
 */
import { z } from 'zod';
import type { Database } from '../../db/index.ts';
import { readParts, signParts } from './signed-link.ts';

export interface PictureLink {
  workspace: string;
  url: string;
}

const daySeconds = 86_400;
const said = z.tuple([z.string(), z.string(), z.int()]);

/** The same all day long, so that browsers keep what it shows. Good for a day at least, two at most. */
export function signPictureLink(db: Database, { workspace, url }: PictureLink): Promise<string> {
  const until = (Math.floor(Date.now() / 1_000 / daySeconds) + 2) * daySeconds;
  return signParts(db, 'picture', [workspace, url, until]);
}

/** @returns undefined when we did not sign it, or its time is over */
export async function readPictureLink(db: Database, token: string): Promise<PictureLink | undefined> {
  const { data } = said.safeParse(await readParts(db, 'picture', token));
  if (!data) return undefined;
  const [workspace, url, until] = data;
  return until * 1_000 > Date.now() ? { workspace, url } : undefined;
}
