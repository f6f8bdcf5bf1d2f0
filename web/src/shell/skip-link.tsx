/** The first thing that Tab reaches: past the side bar, to what the page is about. Seen only while it has the focus. */
import { Button } from '@mantine/core';
import { useT } from '../i18n/language.ts';
import { shellText } from '../i18n/shell.ts';
import classes from './shell.module.css';

export const mainId = 'content';

export function focusMain(): void {
  document.getElementById(mainId)?.focus({ preventScroll: true });
}

export function SkipLink() {
  const t = useT();
  return (
    <Button className={classes.skip} onClick={focusMain}>
      {t(shellText.skip)}
    </Button>
  );
}
