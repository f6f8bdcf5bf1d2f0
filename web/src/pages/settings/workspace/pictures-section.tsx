/** Hosts whose pictures are shown in messages without asking. */
import { Button, Group, Loader, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isHostList } from '../../../../../contracts/credentials/allowed-hosts.ts';
import { usePictureHosts, useSavePictureHosts } from '../../../api/pictures.ts';
import { useCan } from '../../../api/session.ts';
import { ErrorNotice, notifyDone, notifyError } from '../../../components/error-notice.tsx';
import { Section } from '../../../components/section.tsx';
import { useT } from '../../../i18n/language.ts';
import { picturesText } from '../../../i18n/pictures.ts';

export function PicturesSection() {
  const t = useT();
  const saved = usePictureHosts();
  return (
    <Section title={t(picturesText.title)} help={t(picturesText.help)}>
      {saved.error && <ErrorNotice error={saved.error} onRetry={saved.refetch} />}
      {saved.isPending && <Loader size="sm" />}
      {saved.data && <HostsForm saved={saved.data.hosts} />}
    </Section>
  );
}

function HostsForm({ saved }: { saved: string }) {
  const t = useT();
  const mayEdit = useCan('workspace.edit');
  const save = useSavePictureHosts();
  const [hosts, setHosts] = useState(saved);
  const isGood = isHostList(hosts);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(hosts, { onSuccess: () => notifyDone(t(picturesText.saved)), onError: notifyError });
      }}
    >
      <Stack>
        <TextInput
          label={t(picturesText.hosts)}
          description={t(picturesText.hostsHelp)}
          value={hosts}
          onChange={({ currentTarget }) => setHosts(currentTarget.value)}
          error={!isGood}
          readOnly={!mayEdit}
          maxLength={4_000}
          data-testid="picture-hosts"
        />
        {mayEdit && (
          <Group justify="flex-end">
            <Button
              type="submit"
              variant="default"
              loading={save.isPending}
              disabled={!isGood}
              data-testid="save-picture-hosts"
            >
              {t(picturesText.save)}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
