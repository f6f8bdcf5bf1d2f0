/** Adds an MCP server, or changes where it is and how it is called. */
import { Alert, Modal, SegmentedControl, Select, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { McpServer } from '../../../../../contracts/api/mcp-servers.ts';
import {
  type McpAuthInput,
  type McpTransport,
  mcpTransport,
} from '../../../../../contracts/mcp/mcp-server.ts';
import { useCredentials } from '../../../api/credentials.ts';
import { useCreateMcpServer, useMcpCommands, useUpdateMcpServer } from '../../../api/mcp-servers.ts';
import { DialogForm } from '../../../components/dialog-form.tsx';
import { notifyDone } from '../../../components/error-notice.tsx';
import { common } from '../../../i18n/common.ts';
import { useT } from '../../../i18n/language.ts';
import { mcpText } from '../../../i18n/mcp.ts';
import { fittingCredentials } from '../../../lib/fitting-credentials.ts';

interface ServerDialogProps {
  opened: boolean;
  /** Left out: a new one. */
  server?: McpServer | undefined;
  onClose(): void;
  onAdded(server: McpServer): void;
}

export function ServerDialog({ opened, server, onClose, onAdded }: ServerDialogProps) {
  const t = useT();
  const title = server ? t(mcpText.editTitle, { name: server.name }) : t(mcpText.add);
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="lg">
      <ServerForm key={server?.id ?? ''} server={server} onClose={onClose} onAdded={onAdded} />
    </Modal>
  );
}

/** In place of a credential's id: each person has access of their own. */
const each = 'oauth';

function accessOf(server: McpServer | undefined): string {
  if (server?.auth.kind === 'credential') return server.auth.credential;
  return server?.auth.kind === 'oauth' ? each : '';
}

function authOf(access: string): McpAuthInput {
  if (access === each) return { kind: 'oauth' };
  return access === '' ? { kind: 'none' } : { kind: 'credential', credential: access };
}

function ServerForm({ server, onClose, onAdded }: Omit<ServerDialogProps, 'opened'>) {
  const t = useT();
  const create = useCreateMcpServer();
  const update = useUpdateMcpServer();
  const commands = useMcpCommands();
  const credentials = useCredentials();
  const [name, setName] = useState(server?.name ?? '');
  const [transport, setTransport] = useState<McpTransport>(server?.transport ?? { kind: 'http', url: '' });
  const [access, setAccess] = useState(accessOf(server));
  const [tried, setTried] = useState(false);
  const choices = fittingCredentials(credentials.data, 'mcp-tool');
  const isWhole = mcpTransport.safeParse(transport).success;
  const isElsewhere = server !== undefined && JSON.stringify(server.transport) !== JSON.stringify(transport);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '' || !isWhole) return;
    const auth = transport.kind === 'http' ? authOf(access) : authOf('');
    const body = { name: name.trim(), transport, auth };
    if (server)
      update.mutate(
        { id: server.id, ...body },
        {
          onSuccess: (saved) => {
            notifyDone(t(mcpText.saved, { name: saved.name }));
            onClose();
          },
        },
      );
    else create.mutate(body, { onSuccess: onAdded });
  };

  return (
    <DialogForm
      action={server ? t(common.save) : t(mcpText.add)}
      request={server ? update : create}
      onCancel={onClose}
      onSubmit={submit}
      testId="mcp-save"
    >
      <TextInput
        label={t(mcpText.name)}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={tried && name.trim() === '' && t(mcpText.nameMissing)}
        maxLength={64}
        required
        data-autofocus
        data-testid="mcp-name"
      />
      {(commands.data ?? []).length > 0 && (
        <SegmentedControl
          aria-label={t(mcpText.where)}
          data={[
            { value: 'http', label: t(mcpText.atAddress) },
            { value: 'stdio', label: t(mcpText.asProgram) },
          ]}
          value={transport.kind}
          onChange={(kind) =>
            setTransport(kind === 'stdio' ? { kind, command: '' } : { kind: 'http', url: '' })
          }
        />
      )}
      {transport.kind === 'stdio' ? (
        <Select
          label={t(mcpText.program)}
          description={t(mcpText.programHelp)}
          data={commands.data ?? []}
          value={transport.command || null}
          onChange={(command) => setTransport({ kind: 'stdio', command: command ?? '' })}
          error={tried && !isWhole && t(mcpText.programMissing)}
          data-testid="mcp-command"
        />
      ) : (
        <>
          <TextInput
            label={t(mcpText.url)}
            description={t(mcpText.urlHelp)}
            placeholder="https://example.com/mcp"
            value={transport.url}
            onChange={(event) => setTransport({ kind: 'http', url: event.currentTarget.value })}
            error={tried && !isWhole && t(mcpText.urlWrong)}
            required
            data-testid="mcp-url"
          />
          <Select
            label={t(mcpText.access)}
            description={t(access === each ? mcpText.eachPersonHelp : mcpText.credentialHelp)}
            placeholder={t(mcpText.noCredential)}
            data={[
              { value: each, label: t(mcpText.eachPerson) },
              ...choices.map(({ id, name: label }) => ({ value: id, label })),
            ]}
            value={access || null}
            onChange={(chosen) => setAccess(chosen ?? '')}
            clearable
          />
        </>
      )}
      {isElsewhere && <Alert color="orange">{t(mcpText.elsewhere)}</Alert>}
    </DialogForm>
  );
}
