/** Where a run stands among others: who called it, whom it called, and what it waits for in the queue. */
import { Anchor, Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import { agentCaller } from '../../../../contracts/agents/run.ts';
import type { Run } from '../../../../contracts/api/runs.ts';
import type { Graph } from '../../../../contracts/graph.ts';
import { StateIcon } from '../../components/state-badge.tsx';
import { flowText } from '../../i18n/flow.ts';
import { useT } from '../../i18n/language.ts';
import { useQueueReason } from './use-queue-reason.ts';

/** Nothing for a run that was neither called, nor called others, nor waits. */
export function RunLineage({ run, graph }: { run: Run; graph: Graph | undefined }) {
  const t = useT();
  const reason = useQueueReason();
  const { parent, children = [], queuedFor } = run;
  const nameOf = (node: string) => graph?.nodes.find(({ id }) => id === node)?.name ?? node;
  return (
    <>
      {queuedFor && (
        <Text size="sm" c="dimmed" mt={4} data-testid="queued-for">
          {reason(queuedFor)}
        </Text>
      )}
      {parent && (
        <Anchor component={Link} to={callerPath(parent)} size="sm" data-testid="called-by">
          {t(flowText.calledBy, { run: parent.run })}
        </Anchor>
      )}
      {children.length > 0 && (
        <Group gap="sm" mt={4} mah={72} style={{ overflowY: 'auto' }} data-testid="called">
          <Text size="sm" c="dimmed">
            {t(flowText.called)}
          </Text>
          {children.map(({ id, node, index, state }) => (
            <Anchor key={id} component={Link} to={`/runs/${id}`} size="sm">
              <Group gap={4} wrap="nowrap">
                <StateIcon state={state} size={14} />
                {index > 0 ? `${nameOf(node)} · ${index + 1}` : nameOf(node)}
              </Group>
            </Anchor>
          ))}
        </Group>
      )}
    </>
  );
}

/** A run of an agent has no page among runs: its agent has. */
function callerPath({ run, node }: { run: string; node: string }): string {
  return node.startsWith(agentCaller) ? `/agents/${node.slice(agentCaller.length)}` : `/runs/${run}`;
}
