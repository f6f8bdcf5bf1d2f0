/** Gives a knowledge base documents: files that are dropped, an address, or text. */
import { Button, Group, SegmentedControl, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useAddDocument } from '../../api/knowledge.ts';
import { ErrorNotice, notifyError } from '../../components/error-notice.tsx';
import { Section } from '../../components/section.tsx';
import { UploadArea } from '../../components/uploads/upload-area.tsx';
import { useUpload } from '../../components/uploads/use-upload.ts';
import { knowledgeText } from '../../i18n/knowledge.ts';
import { useT } from '../../i18n/language.ts';

type Kind = 'file' | 'url' | 'text';

export function AddDocuments({ base }: { base: string }) {
  const t = useT();
  const [kind, setKind] = useState<Kind>('file');
  return (
    <Section
      title={t(knowledgeText.addDocuments)}
      help={t(knowledgeText.kinds)}
      actions={
        <SegmentedControl
          size="xs"
          value={kind}
          onChange={(value) => setKind(value as Kind)}
          data={[
            { value: 'file', label: t(knowledgeText.addFiles) },
            { value: 'url', label: t(knowledgeText.addUrl) },
            { value: 'text', label: t(knowledgeText.addText) },
          ]}
        />
      }
    >
      {kind === 'file' && <AddFiles base={base} />}
      {kind === 'url' && <AddAddress base={base} />}
      {kind === 'text' && <AddText base={base} />}
    </Section>
  );
}

function AddFiles({ base }: { base: string }) {
  const add = useAddDocument(base);
  const uploads = useUpload({
    purpose: 'file',
    onReady: ({ id }) => add.mutate({ kind: 'file', file: id }, { onError: notifyError }),
  });
  return <UploadArea uploads={uploads} />;
}

function AddAddress({ base }: { base: string }) {
  const t = useT();
  const add = useAddDocument(base);
  const [url, setUrl] = useState('');
  const [depth, setDepth] = useState('0');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ kind: 'url', url: url.trim(), depth: Number(depth) }, { onSuccess: () => setUrl('') });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Group align="flex-start" gap="sm">
          <TextInput
            type="url"
            label={t(knowledgeText.url)}
            placeholder="https://"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            flex="1 1 260px"
            data-testid="document-url"
          />
          <Select
            label={t(knowledgeText.depth)}
            data={['0', '1', '2', '3'].map((value) => ({
              value,
              label: t(depthText(value), { depth: value }),
            }))}
            value={depth}
            onChange={(value) => setDepth(value ?? '0')}
            allowDeselect={false}
            w={220}
          />
        </Group>
        {depth !== '0' && (
          <Text size="xs" c="dimmed">
            {t(knowledgeText.depthHelp)}
          </Text>
        )}
        {add.error && <ErrorNotice error={add.error} />}
        <AddButton isBusy={add.isPending} disabled={url.trim() === ''} />
      </Stack>
    </form>
  );
}

function depthText(depth: string) {
  if (depth === '0') return knowledgeText.depth0;
  return depth === '1' ? knowledgeText.depth1 : knowledgeText.depthMore;
}

function AddText({ base }: { base: string }) {
  const t = useT();
  const add = useAddDocument(base);
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const onSuccess = () => {
      setName('');
      setText('');
    };
    add.mutate({ kind: 'text', name, text }, { onSuccess });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t(knowledgeText.textName)}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={256}
          data-testid="document-name"
        />
        <Textarea
          label={t(knowledgeText.textBody)}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={5}
          maxRows={16}
          data-testid="document-text"
        />
        {add.error && <ErrorNotice error={add.error} />}
        <AddButton isBusy={add.isPending} disabled={name.trim() === '' || text.trim() === ''} />
      </Stack>
    </form>
  );
}

function AddButton({ isBusy, disabled }: { isBusy: boolean; disabled: boolean }) {
  const t = useT();
  return (
    <Group justify="flex-end">
      <Button type="submit" loading={isBusy} disabled={disabled} data-testid="add-document">
        {t(knowledgeText.add)}
      </Button>
    </Group>
  );
}
