/** The addresses behind which signed links are answered. */
import type { Database } from '../../db/index.ts';
import { type LinkPurpose, type LinkTo, signLink } from './signed-link.ts';

export const linkPaths: Record<Exclude<LinkPurpose, 'send'>, string> = {
  resume: '/hooks/resume/',
  form: '/forms/page/',
  approve: '/approve/',
};

export async function publicLink(
  { db, publicUrl }: { db: Database; publicUrl: string },
  purpose: Exclude<LinkPurpose, 'send'>,
  to: LinkTo,
): Promise<string> {
  return publicUrl + linkPaths[purpose] + (await signLink(db, purpose, to));
}
