/** A text as it was and as it is, line by line. Colour is never the only sign: every line has its own. */
import { useMemo } from 'react';
import { type DiffLine, lineDiff } from '../../lib/line-diff.ts';
import classes from './line-diff-view.module.css';

const signs: Record<DiffLine['kind'], string> = { same: ' ', added: '+', removed: '−' };

export function LineDiffView({ before, after }: { before: string; after: string }) {
  const lines = useMemo(() => lineDiff(before, after), [before, after]);
  return (
    <div className={classes.lines}>
      {lines.map(({ kind, text }, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
        <div key={position} data-kind={kind} className={classes.line}>
          <span className={classes.sign}>{signs[kind]}</span>
          {text}
        </div>
      ))}
    </div>
  );
}
