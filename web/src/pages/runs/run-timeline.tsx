/** The run over time: a bar per node, a loop's steps folded into one. */
import { ActionIcon, Group, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { Run } from '../../../../contracts/api/runs.ts';
import type { GraphNode } from '../../../../contracts/graph.ts';
import { isTerminal, type StepState } from '../../../../contracts/states.ts';
import { Duration } from '../../components/duration.tsx';
import { StateIcon, stateLooks } from '../../components/state-badge.tsx';
import { useNow } from '../../components/time-ago.tsx';
import { type RunOverlay, stepKey } from '../../graph/run-overlay.ts';
import { useT } from '../../i18n/language.ts';
import { runsText } from '../../i18n/runs.ts';
import classes from './run-page.module.css';
import { barOf, type TimelineRow, timelineRows } from './timeline-rows.ts';

export interface RunTimelineProps {
  run: Run;
  overlay: RunOverlay;
  nodes: ReadonlyMap<string, GraphNode>;
  selected: string | undefined;
  onSelect(step: string): void;
}

/** Steps of one loop that are drawn when it is opened. */
const mostInner = 200;

export function RunTimeline({ run, overlay, nodes, selected, onSelect }: RunTimelineProps) {
  const t = useT();
  const now = useNow((state) => state.now);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const rows = timelineRows(overlay);
  const start = Date.parse(run.startedAt);
  const ends = rows.map((row) => row.finishedAt ?? row.startedAt);
  const end = Math.max(start + 1, ...ends, isTerminal(run.state) ? 0 : now);
  const toggle = (node: string) => {
    const next = new Set(open);
    if (!next.delete(node)) next.add(node);
    setOpen(next);
  };
  return (
    <section aria-label={t(runsText.timeline)} data-testid="timeline">
      <Group px="md" py={8} justify="space-between">
        <Text size="sm" fw={600}>
          {t(runsText.timeline)}
        </Text>
        <Text size="xs" c="dimmed">
          {run.steps.length < run.stepCount
            ? t(runsText.firstSteps, { shown: run.steps.length, total: run.stepCount })
            : t(runsText.steps, { count: run.stepCount })}
        </Text>
      </Group>
      {rows.map((row) => (
        <div key={row.node}>
          <Row
            name={nodes.get(row.node)?.name ?? row.node}
            row={row}
            start={start}
            end={end}
            isSelected={
              row.steps.some((step) => stepKey(step.node, step.index) === selected) && !open.has(row.node)
            }
            isOpen={row.steps.length > 1 ? open.has(row.node) : undefined}
            onToggle={() => toggle(row.node)}
            onSelect={() => onSelect(stepKey(row.node, row.steps.at(-1)!.index))}
          />
          {open.has(row.node) &&
            row.steps
              .slice(0, mostInner)
              .map((step) => (
                <Row
                  key={step.index}
                  name={`#${step.index}`}
                  row={{ ...step, finishedAt: step.finishedAt, steps: [step] }}
                  start={start}
                  end={end}
                  isInner
                  isSelected={stepKey(step.node, step.index) === selected}
                  onSelect={() => onSelect(stepKey(step.node, step.index))}
                />
              ))}
        </div>
      ))}
    </section>
  );
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
