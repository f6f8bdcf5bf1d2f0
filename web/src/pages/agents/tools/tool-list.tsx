/** The tools of an agent: each folded to its name and whether it asks, open to its form. */
import { Accordion, ActionIcon, Box, Button, Card, Group, Menu, Stack, Text } from '@mantine/core';
import { IconFileImport, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Tool, ToolKind } from '../../../../../contracts/agents/tool.ts';
import { agentFormText, toolKindText, toolsText } from '../../../i18n/agents.ts';
import { useT } from '../../../i18n/language.ts';
import type { SectionProps } from '../section-props.ts';
import { ApprovalField } from './approval-field.tsx';
import { freeName, newTool } from './new-tool.ts';
import { OpenApiDialog } from './open-api-dialog.tsx';
import { ToolForm } from './tool-form.tsx';
import { toolIcons } from './tool-looks.ts';

const kinds = Object.keys(toolKindText) as ToolKind[];

export function ToolList({ draft: { tools }, errors, changeDraft, self }: SectionProps & { self: string }) {
  const t = useT();
  const [open, setOpen] = useState<string | null>(null);
  const [readsDocument, setReadsDocument] = useState(false);
  const names = tools.map(({ name }) => name);
  const put = (position: number, next: Tool) =>
    changeDraft({ tools: tools.map((each, at) => (at === position ? next : each)) });
  const add = (kind: ToolKind) => {
    changeDraft({ tools: [...tools, newTool(kind, names)] });
    setOpen(String(tools.length));
  };
  const addAll = (more: readonly Tool[]) => {
    const all = [...tools];
    for (const each of more)
      all.push({
        ...each,
        name: freeName(
          each.name,
          all.map(({ name }) => name),
        ),
      });
    changeDraft({ tools: all });
  };
  const remove = (position: number) => {
    changeDraft({ tools: tools.filter((_, at) => at !== position) });
    setOpen(null);
  };
  return (
    <Stack gap="sm">
      {tools.length === 0 && (
        <Card withBorder p="lg">
          <Text size="sm" c="dimmed">
            {t(toolsText.none)}
          </Text>
        </Card>
      )}
      <Accordion variant="contained" value={open} onChange={setOpen} chevronPosition="left">
        {tools.map((each, position) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: a tool has no identity but its place while its name is typed
            key={position}
            tool={each}
            position={position}
            errors={errors}
            self={self}
            isOpen={open === String(position)}
            onChange={(next) => put(position, next)}
            onRemove={() => remove(position)}
          />
        ))}
      </Accordion>
      <Group gap="xs">
        <Menu position="bottom-start" width={240}>
          <Menu.Target>
            <Button variant="default" leftSection={<IconPlus size={16} />} data-testid="add-tool">
              {t(toolsText.add)}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {kinds.map((kind) => {
              const Icon = toolIcons[kind];
              return (
                <Menu.Item
                  key={kind}
                  leftSection={<Icon size={16} />}
                  onClick={() => add(kind)}
                  data-testid={`add-tool-${kind}`}
                >
                  {t(toolKindText[kind])}
                </Menu.Item>
              );
            })}
            <Menu.Divider />
            <Menu.Item leftSection={<IconFileImport size={16} />} onClick={() => setReadsDocument(true)}>
              {t(toolsText.openApi)}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <OpenApiDialog opened={readsDocument} onClose={() => setReadsDocument(false)} onAdd={addAll} />
    </Stack>
  );
}

interface RowProps {
  tool: Tool;
  position: number;
  errors: SectionProps['errors'];
  self: string;
  isOpen: boolean;
  onChange(tool: Tool): void;
  onRemove(): void;
}

function Row({ tool, position, errors, self, isOpen, onChange, onRemove }: RowProps) {
  const t = useT();
  const Icon = toolIcons[tool.kind];
  const isWrong = [...errors.keys()].some((path) => path.startsWith(`tools.${position}.`));
  return (
    <Accordion.Item value={String(position)} data-testid="agent-tool">
      <Group wrap="nowrap" gap="xs" pe="sm">
        <Accordion.Control miw={0}>
          <Group gap="sm" wrap="nowrap">
            <Icon size={18} stroke={1.7} style={{ flex: 'none' }} aria-hidden />
            <Box miw={0}>
              <Text size="sm" fw={600} ff="monospace" truncate c={isWrong ? 'red' : undefined}>
                {tool.name}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {tool.description || t(toolKindText[tool.kind])}
              </Text>
            </Box>
          </Group>
        </Accordion.Control>
        <Box visibleFrom="sm" style={{ flexShrink: 0 }}>
          <ApprovalField value={tool.approval} onChange={(approval) => onChange({ ...tool, approval })} />
        </Box>
        <ActionIcon aria-label={t(agentFormText.remove)} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
      <Accordion.Panel>
        {isOpen && (
          <ToolForm
            tool={tool}
            self={self}
            onChange={onChange}
            errorOf={(field) => errors.get(`tools.${position}.${field}`)}
          />
        )}
      </Accordion.Panel>
    </Accordion.Item>
  );
}
