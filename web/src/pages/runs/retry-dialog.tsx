/** Asks how a run is to be taken up, and shows what that would do before it is done. */
import { Badge, Group, Modal, Radio, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconHistory, IconPlayerPlay } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Run } from '../../../../contracts/api/runs.ts';
import type { Graph } from '../../../../contracts/graph.ts';
import type { Item } from '../../../../contracts/item.ts';
import { type RerunChoice, useRerunPlan, useRetryRun } from '../../api/reruns.ts';
import { DialogForm } from '../../components/dialog-form.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import type { RunOverlay } from '../../graph/run-overlay.ts';
import { useT } from '../../i18n/language.ts';
import { rerunsText } from '../../i18n/reruns.ts';
import { readItems } from '../editor/data/read-items.ts';
import { type EditableStep, editableStep } from './editable-step.ts';
import { RetryInput } from './retry-input.tsx';

export interface RetryDialogProps {
  run: Run;
  graph: Graph | undefined;
  overlay: RunOverlay;
  /** The node to begin at, when one was chosen already. */
  node?: string | undefined;
  onClose(): void;
}

export function RetryDialog({ run, graph, overlay, node, onClose }: RetryDialogProps) {
  const t = useT();
  const navigate = useNavigate();
  const [choice, setChoice] = useState<RerunChoice>({
    from: run.state === 'succeeded' ? 'start' : 'failure',
    version: 'same',
    node,
  });
  /** Other input than it had; undefined: the same. */
  const [typed, setTyped] = useState<string>();
  const change = (to: Partial<RerunChoice>) => {
    setTyped(undefined);
    setChoice((before) => ({ ...before, ...to }));
  };
  const asked = choice.from === 'node' ? choice : { ...choice, node: undefined };
  const plan = useRerunPlan(run.id, asked);
  const retry = useRetryRun(run.id);
  const editable = editableStep(choice, overlay, graph);
  const read = typed === undefined ? undefined : readItems(typed);
  const names = new Map(graph?.nodes.map(({ id, name }) => [id, name]) ?? []);
  const nodes = (graph?.nodes ?? []).filter(({ type }) => type !== 'note');
  return (
    <Modal opened onClose={onClose} title={t(rerunsText.retryTitle)} size="lg">
      <DialogForm
        action={t(rerunsText.start)}
        request={retry}
        testId="start-retry"
        disabled={!plan.data || plan.error !== null || (read !== undefined && read.kind !== 'items')}
        onCancel={onClose}
        onSubmit={(event) => {
          event.preventDefault();
          const items = read?.kind === 'items' ? read.items : undefined;
          retry.mutate(
            { ...asked, ...editedInput(editable, items) },
            {
              onSuccess: ({ id }) => {
                onClose();
                navigate(`/runs/${id}`);
              },
            },
          );
        }}
      >
        <Text size="sm" c="dimmed">
          {t(rerunsText.newRun)}
        </Text>
        <Radio.Group
          label={t(rerunsText.from)}
          value={choice.from ?? 'failure'}
          onChange={(from) => change({ from: from as NonNullable<RerunChoice['from']> })}
        >
          <Group mt={6}>
            <Radio value="failure" label={t(rerunsText.fromFailure)} disabled={run.state === 'succeeded'} />
            <Radio value="start" label={t(rerunsText.fromStart)} />
            <Radio value="node" label={t(rerunsText.fromNode)} />
          </Group>
        </Radio.Group>
        {choice.from === 'node' && (
          <Select
            label={t(rerunsText.node)}
            data={nodes.map(({ id, name }) => ({ value: id, label: name }))}
            value={choice.node ?? null}
            onChange={(value) => change({ node: value ?? undefined })}
            searchable
          />
        )}
        <Select
          label={t(rerunsText.version)}
          data={[
            { value: 'same', label: t(rerunsText.same) },
            { value: 'latest', label: t(rerunsText.latest) },
            { value: 'draft', label: t(rerunsText.draftVersion) },
          ]}
          value={choice.version ?? 'same'}
          onChange={(version) =>
            change({ version: (version ?? 'same') as NonNullable<RerunChoice['version']> })
          }
          allowDeselect={false}
        />
        {plan.error && <ErrorNotice error={plan.error} />}
        {plan.data && !plan.error && (
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <NodeNames
              icon={<IconHistory size={16} />}
              title={t(rerunsText.counts)}
              ids={plan.data.reused}
              names={names}
            />
            <NodeNames
              icon={<IconPlayerPlay size={16} />}
              title={t(rerunsText.runs)}
              ids={plan.data.runs}
              names={names}
              changed={plan.data.changed}
            />
          </SimpleGrid>
        )}
        {editable && (
          <RetryInput
            name={names.get(editable.node) ?? editable.node}
            items={editable.items}
            typed={typed}
            read={read}
            onChange={setTyped}
          />
        )}
        {choice.from === 'failure' && (
          <Text size="xs" c="dimmed">
            {t(rerunsText.keys)}
          </Text>
        )}
      </DialogForm>
    </Modal>
  );
}

/** What the API takes: other items for the trigger, or for one step. */
function editedInput(editable: EditableStep | undefined, items: Item[] | undefined) {
  if (!editable || !items) return {};
  return editable.isTrigger ? { items } : { input: { node: editable.node, index: editable.index, items } };
}

interface NodeNamesProps {
  icon: ReactNode;
  title: string;
  ids: readonly string[];
  names: ReadonlyMap<string, string>;
  changed?: readonly string[];
}

function NodeNames({ icon, title, ids, names, changed = [] }: NodeNamesProps) {
  const t = useT();
  return (
    <Stack gap={6}>
      <Group gap={6} wrap="nowrap" align="flex-start">
        {icon}
        <Text size="sm" fw={600}>
          {title}
        </Text>
      </Group>
      {ids.length === 0 && (
        <Text size="sm" c="dimmed">
          {t(rerunsText.nothing)}
        </Text>
      )}
      {ids.map((id) => (
        <Group key={id} gap={6}>
          <Text size="sm">{names.get(id) ?? id}</Text>
          {changed.includes(id) && (
            <Badge size="xs" variant="light" color="yellow" tt="none">
              {t(rerunsText.changed)}
            </Badge>
          )}
        </Group>
      ))}
    </Stack>
  );
}
