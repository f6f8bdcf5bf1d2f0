/** Executors of the nodes that only compute, by type. A new one is one file beside this and one line here. */
import { runAggregate } from './aggregate.ts';
import { runCompare } from './compare.ts';
import type { ComputeNode } from './compute-node.ts';
import { runDateTime } from './date-time.ts';
import { runEditFields } from './edit-fields.ts';
import { runFilter } from './filter.ts';
import { runIf } from './if.ts';
import type { JoinNode } from './join-node.ts';
import { runLimit } from './limit.ts';
import type { ListNode } from './list-node.ts';
import { runMerge } from './merge.ts';
import { runNoOp } from './no-op.ts';
import { runRemoveDuplicates } from './remove-duplicates.ts';
import { runRenameFields } from './rename-fields.ts';
import { runSort } from './sort.ts';
import { runSplitOut } from './split-out.ts';
import { runStopAndError } from './stop-and-error.ts';
import { runSummarize } from './summarize.ts';
import { runSwitch } from './switch.ts';

// Each executor's parameter type is its node type's schema; the engine hands it exactly that, parsed by the same schema.
export const computeNodes: Record<string, ComputeNode | undefined> = {
  'edit-fields': runEditFields as unknown as ComputeNode,
  'date-time': runDateTime as unknown as ComputeNode,
  filter: runFilter as unknown as ComputeNode,
  'rename-fields': runRenameFields as unknown as ComputeNode,
  if: runIf as unknown as ComputeNode,
  switch: runSwitch as unknown as ComputeNode,
  'no-op': runNoOp,
};

/** Executors of those that compute over all their items at once, by type. */
export const listNodes: Record<string, ListNode | undefined> = {
  aggregate: runAggregate as unknown as ListNode,
  limit: runLimit as unknown as ListNode,
  'remove-duplicates': runRemoveDuplicates as unknown as ListNode,
  sort: runSort as unknown as ListNode,
  'split-out': runSplitOut as unknown as ListNode,
  'stop-and-error': runStopAndError as unknown as ListNode,
  summarize: runSummarize as unknown as ListNode,
};

/** Executors of those that join several inputs, by type. */
export const joinNodes: Record<string, JoinNode | undefined> = {
  compare: runCompare as unknown as JoinNode,
  merge: runMerge as unknown as JoinNode,
};
