/** Moves the keyboard's focus between a node on the canvas and its form. */

/** React Flow draws a new node a moment later, and a closing dialog gives the focus back to where it was: both come first. */
const settleMs = 60;

export function focusNode(id: string): void {
  setTimeout(() => {
    const node = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
    node?.focus({ preventScroll: true });
  }, settleMs);
}

/** The first field of the selected node's form; a form without fields gets the focus on its tab. */
export function focusForm(): void {
  setTimeout(() => {
    const form = document.querySelector('[data-node-form]');
    const field =
      form?.querySelector<HTMLElement>(
        '[role="tabpanel"] :is(input, textarea, select, [contenteditable="true"]):not([disabled], [type="hidden"])',
      ) ?? form?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]');
    field?.focus();
  }, settleMs);
}
