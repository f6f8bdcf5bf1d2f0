/** How many elements are remembered: a dialog over a menu over a table row is three. */
const remembered = 20;

/**
 * Whoever works by keyboard stays where they were. When the element that has the focus is taken away (a dialog closes, a menu, a button
 * that did its work), browsers drop the focus at the top of the page; here it goes back to the last one before it that is still there.
 * Who puts the focus somewhere in the same moment has their way.
 *
 * @returns ends it
 */
export function keepFocus(): () => void {
  const trail: HTMLElement[] = [];
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    trail.unshift(target);
    trail.length = Math.min(trail.length, remembered);
  };
  const isLost = () => trail[0]?.isConnected === false && document.activeElement === document.body;
  const giveBack = () => {
    if (!isLost()) return;
    trail
      .find((element) => element.isConnected && element.checkVisibility() && !element.matches(':disabled'))
      ?.focus({ preventScroll: true });
  };
  const observer = new MutationObserver((records) => {
    if (isLost()) setTimeout(giveBack);
    // A button that was locked while its request was under way.
    const [last] = trail;
    const isUnlocked = records.some(({ type, target }) => type === 'attributes' && target === last);
    if (isUnlocked && !last?.matches(':disabled') && document.activeElement === document.body) last?.focus();
  });
  document.addEventListener('focusin', onFocus);
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  return () => {
    document.removeEventListener('focusin', onFocus);
    observer.disconnect();
  };
}
