/**
 * A table row that opens a page where it is clicked, like the link in it. The link stays: it is what the keyboard, screen readers
 * and “copy link” use. Buttons and links in the row keep their own click, and marking text in it opens nothing.
 */
import type { MouseEvent } from 'react';
import { useNavigate } from 'react-router';

export function useRowLink(to: string): {
  onClick(event: MouseEvent<HTMLElement>): void;
  onAuxClick(event: MouseEvent<HTMLElement>): void;
  style: { cursor: 'pointer' };
} {
  const navigate = useNavigate();
  const inNewTab = () => window.open(to, '_blank', 'noopener');
  return {
    onClick: (event) => {
      if (hasOwnClick(event) || window.getSelection()?.toString()) return;
      if (event.ctrlKey || event.metaKey) inNewTab();
      else void navigate(to);
    },
    onAuxClick: (event) => {
      if (event.button === 1 && !hasOwnClick(event)) inNewTab();
    },
    style: { cursor: 'pointer' },
  };
}

/** React also brings up clicks in what a row has opened elsewhere, such as its menu or a dialog. */
function hasOwnClick({ target, currentTarget }: MouseEvent<HTMLElement>): boolean {
  if (!(target instanceof Element) || !currentTarget.contains(target)) return true;
  return target.closest('a, button, input, [role="button"]') !== null;
}
