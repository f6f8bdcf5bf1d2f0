/** A version beside the draft, or beside another version. */
import { Center, Group, Loader, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { VersionSummary } from '../../../../../contracts/api/automations.ts';
import { useVersion } from '../../../api/automations.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { GraphDiffView } from '../../../components/graph-diff-view.tsx';
import { automationsText } from '../../../i18n/automations.ts';
import { useT } from '../../../i18n/language.ts';
import { versionsText } from '../../../i18n/versions.ts';
import { useGraph } from '../state/editor-store.ts';

export interface CompareDialogProps {
  automation: string;
  version: VersionSummary;
  versions: readonly VersionSummary[];
  onClose(): void;
}

const draftValue = 'draft';

export function CompareDialog({ automation, version, versions, onClose }: CompareDialogProps) {
  const t = useT();
  const draft = useGraph();
  const [other, setOther] = useState(draftValue);
  const one = useVersion(automation, version.id);
  const two = useVersion(automation, other === draftValue ? undefined : other);
  const chosen = versions.find(({ id }) => id === other);
  const graph = other === draftValue ? draft : two.data?.graph;
  const titleOf = (of: VersionSummary) => t(automationsText.versionNumber, { number: of.number });
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
        {one.data && graph ? (
          <GraphDiffView
            before={{ title: titleOf(version), graph: one.data.graph }}
            after={{ title: chosen ? titleOf(chosen) : t(versionsText.draft), graph }}
          />
        ) : (
          <Center h={200}>{!error && <Loader />}</Center>
        )}
      </Stack>
    </Modal>
  );
}
