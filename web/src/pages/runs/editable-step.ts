/** The step of a run whose input can be other in a retry, by where the retry begins. */
import { findNodeType } from '../../../../contracts/catalogue/index.ts';
import type { Graph } from '../../../../contracts/graph.ts';
import type { Item } from '../../../../contracts/item.ts';
import type { RerunChoice } from '../../api/reruns.ts';
import { nodePorts } from '../../graph/connection.ts';
import {
  inputCount,
  inputItems,
  latestStep,
  type RunOverlay,
  type StepView,
  stepsInOrder,
} from '../../graph/run-overlay.ts';

export interface EditableStep {
  node: string;
  index: number;
  /** Its items are those that it gives: nothing comes before a trigger. */
  isTrigger: boolean;
  /** What it had. */
  items: Item[];
}

/** @returns nothing where several inputs meet: which items came from where can't be typed; nor where only the first items are known */
export function editableStep(
  choice: RerunChoice,
  overlay: RunOverlay,
  graph: Graph | undefined,
): EditableStep | undefined {
  const step = beginning(choice, overlay);
  const node = step && graph?.nodes.find(({ id }) => id === step.node);
  if (!node) return undefined;
  const isTrigger = findNodeType(node.type)?.role === 'trigger';
  if (!isTrigger && nodePorts(node).inputs.length !== 1) return undefined;
  const items = isTrigger ? Object.values(step.outputs).flat() : inputItems(overlay, step);
  const isWhole = isTrigger ? !step.truncated : items.length === inputCount(overlay, step);
  return isWhole ? { node: node.id, index: step.index, isTrigger, items } : undefined;
}

function beginning({ from, node }: RerunChoice, overlay: RunOverlay): StepView | undefined {
  if (from === 'node') return node === undefined ? undefined : latestStep(overlay, node);
  const steps = stepsInOrder(overlay);
  return from === 'start' ? steps[0] : steps.find(({ state }) => state === 'failed');
}
