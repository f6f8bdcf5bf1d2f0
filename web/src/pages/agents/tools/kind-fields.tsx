/** What each kind of tool needs. */
import { Input, SegmentedControl, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import type { Tool } from '../../../../../contracts/agents/tool.ts';
import { httpMethods } from '../../../../../contracts/catalogue/http-request.ts';
import { useCredentials } from '../../../api/credentials.ts';
import { toolsText } from '../../../i18n/agents.ts';
import { useT } from '../../../i18n/language.ts';
import { fittingCredentials } from '../../../lib/fitting-credentials.ts';
import { AgentField } from '../../editor/inspector/agent-field.tsx';
import { AutomationField } from '../../editor/inspector/automation-field.tsx';
import { CodeFields } from './code-fields.tsx';
import { KnowledgeFields } from './knowledge-fields.tsx';
import { McpFields } from './mcp-fields.tsx';
import type { ToolFormProps } from './tool-form-props.ts';

type Of<Kind extends Tool['kind']> = Omit<ToolFormProps, 'tool'> & { tool: Extract<Tool, { kind: Kind }> };

export function KindFields({ tool, ...props }: ToolFormProps) {
  const t = useT();
  switch (tool.kind) {
    case 'automation':
      return <AutomationFields tool={tool} {...props} />;
    case 'http':
      return <HttpFields tool={tool} {...props} />;
    case 'code':
      return <CodeFields tool={tool} {...props} />;
    case 'web-fetch':
      return <WebFetchFields tool={tool} {...props} />;
    case 'mcp':
      return <McpFields tool={tool} {...props} />;
    case 'knowledge':
      return <KnowledgeFields tool={tool} {...props} />;
    case 'agent':
      return <AgentFields tool={tool} {...props} />;
    case 'files':
      return <Help>{t(toolsText.filesHelp)}</Help>;
    case 'ask-human':
      return <Help>{t(toolsText.askHelp)}</Help>;
  }
}

function Help({ children }: { children: string }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  );
}

function AutomationFields({ tool, onChange, errorOf }: Of<'automation'>) {
  const t = useT();
  const error = errorOf('automation');
  return (
    <Input.Wrapper label={t(toolsText.automation)} description={t(toolsText.automationHelp)} error={error}>
      <AutomationField
        value={tool.automation}
        onChange={(automation) => onChange({ ...tool, automation })}
        shared={{
          'data-testid': 'tool-automation',
          'aria-label': t(toolsText.automation),
          error: error !== undefined,
        }}
      />
    </Input.Wrapper>
  );
}

function AgentFields({ tool, onChange, errorOf }: Of<'agent'>) {
  const t = useT();
  const error = errorOf('agent');
  return (
    <>
      <Input.Wrapper label={t(toolsText.agent)} error={error}>
        <AgentField
          value={tool.agent}
          onChange={(agent) => onChange({ ...tool, agent })}
          shared={{
            'data-testid': 'tool-agent',
            'aria-label': t(toolsText.agent),
            error: error !== undefined,
          }}
        />
      </Input.Wrapper>
      <SegmentedControl
        orientation="vertical"
        aria-label={t(toolsText.mode)}
        data={[
          { value: 'delegate', label: t(toolsText.delegate) },
          { value: 'hand-off', label: t(toolsText.handOff) },
        ]}
        value={tool.mode}
        onChange={(mode) => onChange({ ...tool, mode: mode === 'hand-off' ? mode : 'delegate' })}
      />
    </>
  );
}

function HttpFields({ tool, onChange, errorOf }: Of<'http'>) {
  const t = useT();
  const credentials = useCredentials();
  const choices = fittingCredentials(credentials.data, 'http-request');
  return (
    <Stack>
      <Input.Wrapper label={t(toolsText.url)} description={t(toolsText.urlHelp)} error={errorOf('url')}>
        <div style={{ display: 'flex', gap: 8 }}>
          <Select
            aria-label={t(toolsText.method)}
            data={[...httpMethods]}
            value={tool.method}
            onChange={(method) => onChange({ ...tool, method: method as typeof tool.method })}
            allowDeselect={false}
            w={110}
          />
          <TextInput
            aria-label={t(toolsText.url)}
            value={tool.url}
            onChange={(event) => onChange({ ...tool, url: event.currentTarget.value })}
            error={errorOf('url') !== undefined}
            style={{ flex: 1 }}
            data-testid="tool-url"
          />
        </div>
      </Input.Wrapper>
      {tool.parameters.length > 0 && (
        <Text size="xs" c="dimmed">
          {tool.parameters.map(({ name, required }) => (required ? `${name} *` : name)).join(', ')}
        </Text>
      )}
      <Select
        label={t(toolsText.credential)}
        placeholder={t(toolsText.noCredential)}
        data={choices.map(({ id, name }) => ({ value: id, label: name }))}
        value={tool.credential || null}
        onChange={(credential) => onChange({ ...tool, credential: credential ?? '' })}
        error={errorOf('credential')}
        clearable
      />
    </Stack>
  );
}

function WebFetchFields({ tool, onChange, errorOf }: Of<'web-fetch'>) {
  const t = useT();
  return (
    <TagsInput
      label={t(toolsText.hosts)}
      description={t(toolsText.hostsHelp)}
      value={tool.hosts}
      onChange={(hosts) => onChange({ ...tool, hosts })}
      error={errorOf('hosts') ?? errorOf('hosts.0')}
      data-testid="tool-hosts"
    />
  );
}
