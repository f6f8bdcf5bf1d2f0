/** The tools of an agent: each folded to its name and whether it asks, open to its form. */
import { Accordion, Box, Card, Group, Menu, Stack, Text } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import type { Tool, ToolKind } from '../../../../../contracts/agents/tool.ts';
import { toolKindText, toolsText } from '../../../i18n/agents.ts';
import { useT } from '../../../i18n/language.ts';
import { AddMenu } from '../lists/add-menu.tsx';
import { FoldedRow } from '../lists/folded-row.tsx';
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
        <AddMenu
          label={t(toolsText.add)}
          kinds={kinds}
          icons={toolIcons}
          texts={toolKindText}
          testId="add-tool"
          onAdd={add}
        >
          <Menu.Divider />
          <Menu.Item leftSection={<IconFileImport size={16} />} onClick={() => setReadsDocument(true)}>
            {t(toolsText.openApi)}
          </Menu.Item>
        </AddMenu>
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
  const isWrong = [...errors.keys()].some((path) => path.startsWith(`tools.${position}.`));
  return (
    <FoldedRow
      value={String(position)}
      testId="agent-tool"
      kind={tool.kind}
      icon={toolIcons[tool.kind]}
      title={tool.name}
      isCode
      detail={tool.description || t(toolKindText[tool.kind])}
      isWrong={isWrong}
      isOpen={isOpen}
      control={
        <Box visibleFrom="sm" style={{ flexShrink: 0 }}>
          <ApprovalField value={tool.approval} onChange={(approval) => onChange({ ...tool, approval })} />
        </Box>
      }
      onRemove={onRemove}
    >
      <ToolForm
        tool={tool}
        self={self}
        onChange={onChange}
        errorOf={(field) => errors.get(`tools.${position}.${field}`)}
      />
    </FoldedRow>
  );
}
