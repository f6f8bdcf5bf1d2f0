/** Reads an OpenAPI document and takes those of its operations that are wanted as tools. */
import { Button, Checkbox, Modal, ScrollArea, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { HttpTool, Tool } from '../../../../../contracts/agents/tool.ts';
import { useReadHttpTools } from '../../../api/agents.ts';
import { DialogForm } from '../../../components/dialog-form.tsx';
import { toolsText } from '../../../i18n/agents.ts';
import { useT } from '../../../i18n/language.ts';

export interface OpenApiDialogProps {
  opened: boolean;
  onClose(): void;
  onAdd(tools: readonly Tool[]): void;
}

export function OpenApiDialog({ opened, onClose, onAdd }: OpenApiDialogProps) {
  const t = useT();
  return (
    <Modal opened={opened} onClose={onClose} title={t(toolsText.openApiTitle)} size="lg">
      <Choice onClose={onClose} onAdd={onAdd} />
    </Modal>
  );
}

function Choice({ onClose, onAdd }: Omit<OpenApiDialogProps, 'opened'>) {
  const t = useT();
  const read = useReadHttpTools();
  const [url, setUrl] = useState('');
  const [document, setDocument] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const found = read.data?.tools ?? [];
  const isRead = read.data !== undefined;
  const submit = () => {
    if (!isRead) return read.mutate(document.trim() ? { document } : { url: url.trim() });
    onAdd(found.filter(({ name }) => chosen.includes(name)).map(asking));
    onClose();
  };
  return (
    <DialogForm
      action={isRead ? t(toolsText.openApiAdd, { count: chosen.length }) : t(toolsText.openApiRead)}
      request={read}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onCancel={onClose}
      disabled={isRead ? chosen.length === 0 : !url.trim() && !document.trim()}
      testId="openapi-go"
      aside={
        isRead && (
          <Button variant="subtle" onClick={() => setChosen(found.map(({ name }) => name))}>
            {t(toolsText.openApiAll)}
          </Button>
        )
      }
    >
      {isRead ? (
        <Stack gap="xs">
          <Text fw={600}>{read.data.title}</Text>
          <ScrollArea.Autosize mah={380}>
            <Checkbox.Group value={chosen} onChange={setChosen}>
              <Stack gap="xs">
                {found.map(({ name, method, url: address, description }) => (
                  <Checkbox
                    key={name}
                    value={name}
                    label={`${name} · ${method} ${address}`}
                    description={description}
                  />
                ))}
              </Stack>
            </Checkbox.Group>
          </ScrollArea.Autosize>
          {read.data.skipped.length > 0 && (
            <Text
              size="sm"
              c="dimmed"
              title={read.data.skipped.map(({ operation, reason }) => `${operation}: ${reason}`).join('\n')}
            >
              {t(toolsText.openApiSkipped, { count: read.data.skipped.length })}
            </Text>
          )}
        </Stack>
      ) : (
        <>
          <TextInput
            label={t(toolsText.openApiUrl)}
            placeholder="https://example.com/openapi.json"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            data-autofocus
          />
          <Textarea
            label={t(toolsText.openApiText)}
            value={document}
            onChange={(event) => setDocument(event.currentTarget.value)}
            minRows={4}
            maxRows={10}
            autosize
          />
        </>
      )}
    </DialogForm>
  );
}

/** What changes something asks first, until somebody says otherwise. */
function asking(tool: HttpTool): Tool {
  return tool.method === 'GET' ? tool : { ...tool, approval: 'ask' };
}
