/** Items as a tree, a table or JSON, with their count and a copy button. */
import {
  Badge,
  Box,
  Center,
  Code,
  Group,
  ScrollArea,
  SegmentedControl,
  Stack,
  Table,
  Text,
  VisuallyHidden,
} from '@mantine/core';
import { IconBraces, IconListTree, IconTable, type TablerIcon } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useState } from 'react';
import type { Item } from '../../../contracts/item.ts';
import type { JsonValue } from '../../../contracts/json.ts';
import { useT } from '../i18n/language.ts';
import { runsText } from '../i18n/runs.ts';
import { CopyButton } from './copy-button.tsx';
import { ItemFiles } from './item-files.tsx';
import { type JsonPathKeys, JsonTree } from './json-tree.tsx';

export interface ItemsViewProps {
  title: string;
  items: readonly Item[] | undefined;
  /** How many there are, where `items` has the first of them only. */
  total?: number | undefined;
  /** Said when there are none to show. */
  empty: string;
  actions?: ReactNode;
  onDragField?: (event: DragEvent, path: JsonPathKeys) => void;
  /** What stands above the items, e.g. a failure. */
  children?: ReactNode;
  testId?: string;
}

type View = 'tree' | 'table' | 'json';
/** Items drawn at first. */
const firstItems = 20;

export function ItemsView({
  title,
  items,
  total = items?.length,
  empty,
  actions,
  onDragField,
  children,
  testId,
}: ItemsViewProps) {
  const t = useT();
  const [view, setView] = useState<View>('tree');
  const [most, setMost] = useState(firstItems);
  const shown = items?.slice(0, most) ?? [];
  const plain = () =>
    JSON.stringify(
      (items ?? []).map((item) => item.json),
      null,
      2,
    );
  return (
    <Stack gap={0} h="100%" data-testid={testId}>
      <Group
        gap="xs"
        px="sm"
        py={6}
        mih={44}
        wrap="nowrap"
        style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}
      >
        <Text size="sm" fw={600}>
          {title}
        </Text>
        {items && (
          <Badge size="sm" variant="light" color="gray" tt="none" style={{ flexShrink: 0 }}>
            {t(runsText.items, { count: total ?? items.length })}
          </Badge>
        )}
        <Box flex={1} />
        {actions}
        {items && items.length > 0 && (
          <>
            <SegmentedControl
              size="xs"
              aria-label={title}
              value={view}
              onChange={(value) => setView(value as View)}
              data={[
                { value: 'tree', label: <ViewLabel icon={IconListTree} text={t(runsText.tree)} /> },
                { value: 'table', label: <ViewLabel icon={IconTable} text={t(runsText.table)} /> },
                { value: 'json', label: <ViewLabel icon={IconBraces} text={t(runsText.json)} /> },
              ]}
            />
            <CopyButton value={plain()} />
          </>
        )}
      </Group>
      <ScrollArea flex={1} mih={0} type="auto" scrollbarSize={8}>
        <Box p="sm">
          {children}
          {shown.length === 0 && (
            <Text size="sm" c="dimmed">
              {items ? (total ? '' : t(runsText.noItems)) : empty}
            </Text>
          )}
          {view === 'tree' &&
            shown.map((item, index) => (
              // Items have no identity but their place.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <Group key={index} align="flex-start" gap={8} wrap="nowrap" mb={6}>
                <Text
                  size="xs"
                  c="dimmed"
                  miw={18}
                  ta="end"
                  pt={1}
                  style={{ fontVariantNumeric: 'tabular-nums' }}
                >
                  {index}
                </Text>
                <Box flex={1} miw={0}>
                  <JsonTree value={item.json} onDragField={onDragField} />
                  <ItemFiles binary={item.binary} />
                </Box>
              </Group>
            ))}
          {view === 'table' && shown.length > 0 && <ItemsTable items={shown} />}
          {view === 'table' &&
            // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
            shown.map((item, index) => <ItemFiles key={index} binary={item.binary} />)}
          {view === 'json' && shown.length > 0 && (
            <Code block fz={12}>
              {JSON.stringify(
                shown.map((item) => item.json),
                null,
                2,
              )}
            </Code>
          )}
          {items && shown.length < items.length && (
            <Text
              component="button"
              type="button"
              size="xs"
              td="underline"
              bg="none"
              bd={0}
              style={{ cursor: 'pointer' }}
              onClick={() => setMost(most + 100)}
            >
              {t(runsText.moreItems, { count: items.length - shown.length })}
            </Text>
          )}
        </Box>
      </ScrollArea>
    </Stack>
  );
}

function ViewLabel({ icon: Icon, text }: { icon: TablerIcon; text: string }) {
  return (
    <Center title={text}>
      <Icon size={15} stroke={1.7} aria-hidden />
      <VisuallyHidden>{text}</VisuallyHidden>
    </Center>
  );
}

function ItemsTable({ items }: { items: readonly Item[] }) {
  const columns = [...new Set(items.flatMap((item) => Object.keys(item.json)))].slice(0, 30);
  return (
    <Table.ScrollContainer minWidth={columns.length * 110}>
      <Table striped withColumnBorders fz="xs" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column}>{column}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
            <Table.Tr key={index}>
              {columns.map((column) => (
                <Table.Td
                  key={column}
                  maw={260}
                  title={cell(item.json[column])}
                  style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
                >
                  {cell(item.json[column])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function cell(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
