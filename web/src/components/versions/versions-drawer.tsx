/** Published versions, with the draft and one another to compare, and one of them to look at. */
import { Drawer } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { editorText } from '../../i18n/editor.ts';
import { useT } from '../../i18n/language.ts';
import { CompareDialog, type Side } from './compare-dialog.tsx';
import type { ShownVersion } from './shown-version.ts';
import { VersionList } from './version-list.tsx';

export interface VersionsDrawerProps<Version extends ShownVersion, Content> {
  versions: UseQueryResult<{ items: Version[] }>;
  draft: Content;
  /** What a version holds. */
  load(version: string): Promise<Content>;
  /** Left out: whoever looks may not say what one is about. */
  onNote?: ((version: Version, note: string) => void) | undefined;
  opened: boolean;
  onClose(): void;
  /** What differs. */
  diff(before: Side<Content>, after: Side<Content>): ReactNode;
  /** One that is looked at. */
  children(viewed: Version, onClose: () => void): ReactNode;
}

export function VersionsDrawer<Version extends ShownVersion, Content>(
  props: VersionsDrawerProps<Version, Content>,
) {
  const { versions, draft, load, onNote, opened, onClose, diff, children } = props;
  const t = useT();
  const [viewed, setViewed] = useState<Version>();
  const [compared, setCompared] = useState<Version>();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      // Escape closes what lies on top first.
      closeOnEscape={viewed === undefined && compared === undefined}
      position="right"
      title={t(editorText.versions)}
      size={380}
    >
      <VersionList versions={versions} onNote={onNote} onCompare={setCompared} onView={setViewed} />
      {compared && (
        <CompareDialog
          version={compared}
          versions={versions.data?.items ?? []}
          draft={draft}
          load={load}
          onClose={() => setCompared(undefined)}
        >
          {diff}
        </CompareDialog>
      )}
      {viewed && children(viewed, () => setViewed(undefined))}
    </Drawer>
  );
}
