/** The revision of what two people may edit, as an ETag. */
import { ApiProblem } from './problems.ts';

export function etagOf({ revision }: { revision: number }): Record<string, string> {
  return { etag: `"${revision}"` };
}

/** The revision an If-Match names; undefined: none is asked for. @throws ApiProblem `changed-meanwhile` for an ETag that we never gave */
export function revisionOf(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch === '*') return undefined;
  const revision = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch)?.[1];
  if (revision === undefined) throw new ApiProblem('changed-meanwhile');
  return Number(revision);
}
