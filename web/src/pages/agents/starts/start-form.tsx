/** When an agent starts by itself, and the task that it is given then: the fields that the triggers of automations have. */
import { Stack } from '@mantine/core';
import { useMemo } from 'react';
import { askNodeOf, graphOfStarts } from '../../../../../contracts/agents/graph-of-starts.ts';
import type { AgentStart } from '../../../../../contracts/agents/start.ts';
import { agentNode } from '../../../../../contracts/catalogue/agent.ts';
import { eventTrigger } from '../../../../../contracts/catalogue/event-trigger.ts';
import { scheduleTrigger } from '../../../../../contracts/catalogue/schedule-trigger.ts';
import { fieldsOf } from '../../../../../contracts/field.ts';
import type { JsonValue } from '../../../../../contracts/json.ts';
import { DetachedForm } from '../../editor/inspector/detached-form.tsx';
import { type Path, shownFields, valueAt, withValueAt } from '../../editor/inspector/form-values.ts';
import { NextTicks } from '../../editor/inspector/next-ticks.tsx';
import { ParameterField } from '../../editor/inspector/parameter-field.tsx';
import { below } from './below.ts';

const triggerFields = {
  schedule: fieldsOf(scheduleTrigger.parameters),
  event: fieldsOf(eventTrigger.parameters),
};
const taskField = fieldsOf(agentNode.parameters).filter(({ name }) => name === 'message');

/** What previews show of an event that has not come yet. */
const sample = { id: '…', name: 'order.paid', at: '2027-01-31T09:00:00.000Z', source: {}, data: {} };

export interface StartFormProps {
  start: AgentStart;
  agent: string;
  readOnly: boolean;
  /** What is wrong with it, by field: `trigger.cron`, `message`. */
  problems: ReadonlyMap<string, string>;
  onChange(start: AgentStart): void;
}

export function StartForm({ start, agent, readOnly, problems, onChange }: StartFormProps) {
  const { kind, trigger, message } = start;
  const graph = useMemo(() => {
    const alone = graphOfStarts(agent, [start]);
    return { ...alone, pinnedData: { [start.id]: [{ json: kind === 'event' ? sample : {} }] } };
  }, [agent, start, kind]);
  const node = (id: string) => graph.nodes.find((each) => each.id === id)!;
  const ofTrigger = useMemo(() => below('trigger.', problems), [problems]);
  const put = (path: Path, value: JsonValue) =>
    onChange({ ...start, trigger: withValueAt(trigger, path, value) });
  const onRemoveEntry = (path: Path, index: number) => {
    const entries = valueAt(trigger, path);
    if (Array.isArray(entries))
      put(
        path,
        entries.filter((_, at) => at !== index),
      );
  };
  return (
    <Stack>
      <DetachedForm graph={graph} node={node(start.id)} readOnly={readOnly}>
        <Stack>
          {shownFields(triggerFields[kind], trigger).map((field) => (
            <ParameterField
              key={field.name}
              field={field}
              path={[field.name]}
              value={trigger[field.name]}
              problems={ofTrigger}
              onChange={put}
              onRemoveEntry={onRemoveEntry}
            />
          ))}
          {kind === 'schedule' && <NextTicks node={node(start.id)} />}
        </Stack>
      </DetachedForm>
      <DetachedForm graph={graph} node={node(askNodeOf(start))} readOnly={readOnly}>
        {taskField.map((field) => (
          <ParameterField
            key={field.name}
            field={field}
            path={[field.name]}
            value={message}
            problems={problems}
            onChange={(_, value) => onChange({ ...start, message: String(value) })}
            onRemoveEntry={() => undefined}
          />
        ))}
      </DetachedForm>
    </Stack>
  );
}
