/** A field for an expression: `{{ }}` marked, completion from the data at hand, and what it gives, as one types. */
import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { ActionIcon, Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { EditorView, keymap } from '@uiw/react-codemirror';
import { useMemo, useRef, useState } from 'react';
import { nodePorts } from '../../../graph/connection.ts';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useT } from '../../../i18n/language.ts';
import { inputOf, nodesBefore, outputOf } from '../data/node-data.ts';
import { expressionBody, expressionValue } from '../inspector/form-values.ts';
import { usePreviewSource } from '../inspector/preview-context.ts';
import { useEditor, useEditorStore, useReadOnly } from '../state/editor-store.ts';
import { blockHighlight } from './block-highlight.ts';
import { CodeEditor } from './code-editor.tsx';
import { expressionCompletions } from './completions.ts';
import classes from './expression-field.module.css';
import { type Preview, previewExpression } from './preview.ts';

/** Enter makes no new line; it still takes a completion. */
const oneLine = EditorView.domEventHandlers({
  keydown: (event) => {
    if (event.key !== 'Enter' || document.querySelector('.cm-tooltip-autocomplete')) return false;
    event.preventDefault();
    return true;
  },
});

export interface ExpressionFieldProps {
  /** With its leading `=`. */
  value: string;
  onChange(value: string): void;
  label: string;
  testId: string;
  /** What the form says of it already: not said twice. */
  error?: string | undefined;
  multiline?: boolean;
  autoFocus?: boolean;
}

export function ExpressionField({
  value,
  onChange,
  label,
  testId,
  error,
  multiline = false,
  autoFocus = false,
}: ExpressionFieldProps) {
  const t = useT();
  const [isFocused, setIsFocused] = useState(false);
  const source = usePreviewSource();
  const itemIndex = useEditor((state) => state.itemIndex);
  const readOnly = useReadOnly();
  const [settled] = useDebouncedValue(value, 120);
  const preview = useMemo(() => previewExpression(source, settled, itemIndex), [source, settled, itemIndex]);
  const items = inputOf(source.graph, source.overlay, source.node);

  const latest = useRef({ source, itemIndex });
  latest.current = { source, itemIndex };
  const extensions = useMemo(
    () => [
      blockHighlight,
      keymap.of(completionKeymap),
      autocompletion({
        activateOnTyping: true,
        icons: false,
        override: [expressionCompletions(() => completionData(latest.current))],
      }),
      ...(multiline ? [] : [oneLine]),
    ],
    [multiline],
  );

  return (
    <div>
      <div
        className={classes.box}
        data-focused={isFocused || undefined}
        data-error={preview.kind === 'error' || undefined}
      >
        <CodeEditor
          value={expressionBody(value)}
          onChange={(body) => onChange(expressionValue(body))}
          extensions={extensions}
          label={label}
          testId={testId}
          minLines={multiline ? 3 : 1}
          autoFocus={autoFocus}
          readOnly={readOnly}
          onFocus={() => setIsFocused(true)}
          onBlur={() => setIsFocused(false)}
        />
      </div>
      <div className={classes.preview} data-testid={`${testId}-preview`} aria-live="polite">
        {!(preview.kind === 'error' && preview.message === error) && <PreviewText preview={preview} />}
        {items && items.length > 1 && <ItemSwitcher count={items.length} />}
        {preview.kind === 'noInput' && isFocused && (
          <Text size="xs" c="dimmed">
            {t(inspectorText.noInput)}
          </Text>
        )}
      </div>
    </div>
  );
}

function PreviewText({ preview }: { preview: Preview }) {
  const t = useT();
  if (preview.kind === 'noInput') return null;
  if (preview.kind === 'error')
    return (
      <Text size="xs" c="red" style={{ overflowWrap: 'anywhere' }}>
        {preview.message}
      </Text>
    );
  const { value } = preview;
  if (value === undefined || value === null || value === '')
    return (
      <Text size="xs" c="dimmed" fs="italic">
        {value === '' ? t(inspectorText.emptyString) : value === null ? 'null' : t(inspectorText.nothing)}
      </Text>
    );
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return (
    <Text size="xs" className={classes.value} title={shown.slice(0, 2_000)}>
      {shown.slice(0, 300)}
    </Text>
  );
}

function ItemSwitcher({ count }: { count: number }) {
  const t = useT();
  const store = useEditorStore();
  const index = Math.min(
    useEditor((state) => state.itemIndex),
    count - 1,
  );
  const go = (to: number) => store.getState().set({ itemIndex: (to + count) % count });
  return (
    <Group gap={2} wrap="nowrap">
      <ActionIcon size="xs" aria-label={t(inspectorText.previousItem)} onClick={() => go(index - 1)}>
        <IconChevronLeft size={12} />
      </ActionIcon>
      <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        {t(inspectorText.forItem, { index: index + 1, count })}
      </Text>
      <ActionIcon size="xs" aria-label={t(inspectorText.nextItem)} onClick={() => go(index + 1)}>
        <IconChevronRight size={12} />
      </ActionIcon>
    </Group>
  );
}

function completionData({
  source: { graph, overlay, node, vars },
  itemIndex,
}: {
  source: ReturnType<typeof usePreviewSource>;
  itemIndex: number;
}) {
  const items = inputOf(graph, overlay, node);
  return {
    vars,
    json: (items?.[itemIndex] ?? items?.[0])?.json,
    nodes: nodesBefore(graph, node.id).map((other) => ({
      name: other.name,
      json: nodePorts(other)
        .outputs.map((port) => outputOf(graph, overlay, other.id, port.name)?.[0]?.json)
        .find(Boolean),
    })),
  };
}
