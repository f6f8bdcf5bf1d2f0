/** How many elements are remembered: a dialog over a menu over a table row is three. */
const remembered = 20;

/**
 * Whoever works by keyboard stays where they were. When the element that has the focus is taken away (a dialog closes, a menu, a button
 * that did its work), browsers drop the focus at the top of the page; here it goes back to the last one before it that is still there.
 * Who puts the focus somewhere in the same moment has their way. Not after a touch: a field that gets the focus would open the keyboard on
 * the screen.
 *
 * @returns ends it
 */
export function keepFocus(): () => void {
  const trail: HTMLElement[] = [];
  let isTouched = false;
  const onPointer = ({ pointerType }: PointerEvent) => {
    isTouched = pointerType === 'touch';
  };
  const onKey = () => {
    isTouched = false;
  };
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    trail.unshift(target);
    trail.length = Math.min(trail.length, remembered);
  };
  const isNowhere = () => !isTouched && document.activeElement === document.body;
  const isLost = () => trail[0]?.isConnected === false && isNowhere();
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
    if (isUnlocked && !last?.matches(':disabled') && isNowhere()) last?.focus();
  });
  document.addEventListener('pointerdown', onPointer, { capture: true });
  document.addEventListener('keydown', onKey, { capture: true });
  document.addEventListener('focusin', onFocus);
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  return () => {
    document.removeEventListener('pointerdown', onPointer, { capture: true });
    document.removeEventListener('keydown', onKey, { capture: true });
    document.removeEventListener('focusin', onFocus);
    observer.disconnect();
  };
}
