/** Whose a payload is, by the id of the workflow that it travels to or from: `automation:<workspace>:<automation>:<run>`. */
import { createHash } from 'node:crypto';
import type { SerializationContext } from '@temporalio/common';
import { otherPrefix, runPrefix, workflowPrefix } from '../storage/index.ts';

export interface Owner {
  /** '' for what belongs to no workspace. */
  workspace: string;
  /** Where large values of this workflow are kept; it ends with a slash. Undefined: nowhere. */
  prefix: string | undefined;
}

const nobody: Owner = { workspace: '', prefix: undefined };
const readable = /^[\w.-]+$/;

/** The last answer: the payloads of a workflow come one after the other. */
let last: { id: string; owner: Owner } = { id: '', owner: nobody };

export function ownerOf(context: SerializationContext | undefined): Owner {
  const id = context?.workflowId ?? '';
  if (last.id !== id) last = { id, owner: read(id) };
  return last.owner;
}

function read(id: string): Owner {
  const [kind, workspace = '', ...rest] = id.split(':');
  if (!readable.test(workspace)) return nobody;
  const run = rest.at(-1);
  if (kind === 'automation' && rest.length === 2 && run !== undefined && readable.test(run))
    return { workspace, prefix: `${runPrefix({ workspace, run })}p/` };
  // By its id, so that what it leaves can be told from what a living one needs (activities/records/collect-left-values.ts).
  return { workspace, prefix: `${workflowPrefix(workspace, id) ?? hashedPrefix(workspace, id)}p/` };
}

function hashedPrefix(workspace: string, id: string): string {
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 32);
  return `${otherPrefix(workspace)}${hash}/`;
}
