/** A version beside the draft, or beside another version. */
import { Center, Group, Loader, Modal, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { automationsText } from '../../i18n/automations.ts';
import { useT } from '../../i18n/language.ts';
import { versionsText } from '../../i18n/versions.ts';
import { ErrorNotice } from '../error-notice.tsx';
import type { ShownVersion } from './shown-version.ts';

export interface Side<T> {
  title: string;
  content: T;
}

export interface CompareDialogProps<T> {
  version: ShownVersion;
  versions: readonly ShownVersion[];
  draft: T;
  /** What a version holds. */
  load(version: string): Promise<T>;
  onClose(): void;
  children(before: Side<T>, after: Side<T>): ReactNode;
}

const draftValue = 'draft';

export function CompareDialog<T>(props: CompareDialogProps<T>) {
  const { version, versions, draft, load, onClose, children } = props;
  const t = useT();
  const [other, setOther] = useState(draftValue);
  const content = (of: string) => ({
    queryKey: ['version-content', of],
    queryFn: () => load(of),
    enabled: of !== draftValue,
    // A version never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const one = useQuery(content(version.id));
  const two = useQuery(content(other));
  const chosen = versions.find(({ id }) => id === other);
  const beside = other === draftValue ? draft : two.data;
  const titleOf = (of: ShownVersion) => t(automationsText.versionNumber, { number: of.number });
  const error = one.error ?? two.error;
  return (
    <Modal opened onClose={onClose} size="90%" title={t(versionsText.compareTitle)}>
      <Stack>
        <Group gap="xs">
          <Text size="sm">
            {titleOf(version)} {t(versionsText.with)}
          </Text>
          <Select
            size="xs"
            aria-label={t(versionsText.compare)}
            data={[
              { value: draftValue, label: t(versionsText.draft) },
              ...versions
                .filter(({ id }) => id !== version.id)
                .map((of) => ({ value: of.id, label: titleOf(of) })),
            ]}
            value={other}
            onChange={(value) => setOther(value ?? draftValue)}
            allowDeselect={false}
          />
        </Group>
        {error && <ErrorNotice error={error} />}
        {one.data !== undefined && beside !== undefined ? (
          children(
            { title: titleOf(version), content: one.data },
            { title: chosen ? titleOf(chosen) : t(versionsText.draft), content: beside },
          )
        ) : (
          <Center h={200}>{!error && <Loader />}</Center>
        )}
      </Stack>
    </Modal>
  );
}
