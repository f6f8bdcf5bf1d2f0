/** The run over time: a bar per node, a loop's steps folded into one. Only rows in sight are drawn: a loop may have thousands. */
import { ActionIcon, Button, Group, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { Run } from '../../../../contracts/api/runs.ts';
import type { GraphNode } from '../../../../contracts/graph.ts';
import { isTerminal, type StepState } from '../../../../contracts/states.ts';
import { Duration } from '../../components/duration.tsx';
import { StateIcon, stateLooks } from '../../components/state-badge.tsx';
import { useNow } from '../../components/time-ago.tsx';
import { type RunOverlay, stepKey } from '../../graph/run-overlay.ts';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { runsText } from '../../i18n/runs.ts';
import classes from './run-page.module.css';
import { barOf, type DrawnRow, drawnRows, type TimelineRow, timelineRows } from './timeline-rows.ts';

export interface RunTimelineProps {
  run: Run;
  overlay: RunOverlay;
  nodes: ReadonlyMap<string, GraphNode>;
  selected: string | undefined;
  onSelect(step: string): void;
  /** Fetches more steps; undefined: all are here, or are on their way. */
  onMore: (() => void) | undefined;
}

/** Pixels; those of a row whose text is larger are measured. */
const rowHeight = 28;

export function RunTimeline({ run, overlay, nodes, selected, onSelect, onMore }: RunTimelineProps) {
  const t = useT();
  const now = useNow((state) => state.now);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => timelineRows(overlay), [overlay]);
  const drawn = useMemo(() => drawnRows(rows, open), [rows, open]);
  const frame = useRef<HTMLElement>(null);
  const inSight = useVirtualizer({
    count: drawn.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyOf(drawn[index]!),
    overscan: 20,
  });
  const start = Date.parse(run.startedAt);
  const ends = rows.map((row) => row.finishedAt ?? row.startedAt);
  const end = Math.max(start + 1, ...ends, isTerminal(run.state) ? 0 : now);
  const toggle = (node: string) => {
    const next = new Set(open);
    if (!next.delete(node)) next.add(node);
    setOpen(next);
  };
  const drawRow = (line: DrawnRow) => {
    const { row } = line;
    const key = stepKey(row.node, row.steps.at(-1)!.index);
    const shared = { row, start, end, onSelect: () => onSelect(key) };
    if (line.kind === 'step')
      return <Row {...shared} name={`#${line.step.index}`} isInner isSelected={key === selected} />;
    return (
      <Row
        {...shared}
        name={nodes.get(row.node)?.name ?? row.node}
        isSelected={
          !open.has(row.node) && row.steps.some((step) => stepKey(step.node, step.index) === selected)
        }
        isOpen={row.steps.length > 1 ? open.has(row.node) : undefined}
        onToggle={() => toggle(row.node)}
      />
    );
  };
  return (
    <section
      ref={frame}
      className={classes.timeline}
      aria-label={t(runsText.timeline)}
      data-testid="timeline"
    >
      <Group px="md" py={8} justify="space-between">
        <Text size="sm" fw={600}>
          {t(runsText.timeline)}
        </Text>
        <Text size="xs" c="dimmed">
          {overlay.steps.size < run.stepCount
            ? t(runsText.firstSteps, { shown: overlay.steps.size, total: run.stepCount })
            : t(runsText.steps, { count: run.stepCount })}
          {onMore && (
            <Button variant="subtle" size="compact-xs" ml="xs" onClick={onMore} data-testid="more-steps">
              {t(common.loadMore)}
            </Button>
          )}
        </Text>
      </Group>
      <div style={{ position: 'relative', height: inSight.getTotalSize() }}>
        {inSight.getVirtualItems().map(({ index, key, start: top }) => (
          <div
            key={key}
            ref={inSight.measureElement}
            data-index={index}
            className={classes.placed}
            style={{ transform: `translateY(${top}px)` }}
          >
            {drawRow(drawn[index]!)}
          </div>
        ))}
      </div>
    </section>
  );
}

function keyOf({ kind, row }: DrawnRow): string {
  return kind === 'node' ? row.node : stepKey(row.node, row.steps[0]!.index);
}

interface RowProps {
  name: string;
  row: TimelineRow;
  start: number;
  end: number;
  isSelected: boolean;
  isInner?: boolean;
  /** Undefined: nothing to open. */
  isOpen?: boolean | undefined;
  onToggle?(): void;
  onSelect(): void;
}

function Row({ name, row, start, end, isSelected, isInner, isOpen, onToggle, onSelect }: RowProps) {
  const { left, width } = barOf(row, start, end);
  return (
    <Group gap={0} wrap="nowrap" pos="relative">
      <UnstyledButton
        className={classes.row}
        data-selected={isSelected || undefined}
        data-inner={isInner || undefined}
        data-testid={isInner ? 'timeline-step' : 'timeline-row'}
        data-state={row.state}
        onClick={onSelect}
      >
        <Group gap={8} wrap="nowrap" miw={0} pl={isOpen === undefined ? 0 : 20}>
          <StateIcon state={row.state} size={15} />
          <Text size="sm" truncate title={name}>
            {name}
          </Text>
          {row.steps.length > 1 && (
            <Text size="xs" c="dimmed">
              ×{row.steps.length}
            </Text>
          )}
        </Group>
        <div className={classes.track}>
          <div
            className={classes.bar}
            style={{
              left: `min(${left}%, calc(100% - 4px))`,
              width: `${width}%`,
              background: barColor(row.state),
            }}
          />
        </div>
        <Text size="xs" c="dimmed" ta="end" component="div">
          <Duration from={row.startedAt} to={row.finishedAt} size="xs" />
        </Text>
      </UnstyledButton>
      {isOpen !== undefined && (
        <ActionIcon
          size="xs"
          pos="absolute"
          left={12}
          aria-expanded={isOpen}
          aria-label={name}
          onClick={onToggle}
        >
          {isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        </ActionIcon>
      )}
    </Group>
  );
}

function barColor(state: StepState): string {
  return `var(--mantine-color-${stateLooks[state].color}-${state === 'skipped' ? 4 : 6})`;
}
