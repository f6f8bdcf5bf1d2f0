/** The state of an agent's run in the looks of all states: `paused` waits, `stopped` was ended by somebody. */
import type { AgentRunState } from '../../../../contracts/agents/run.ts';
import type { State } from '../../../../contracts/states.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import { agentRunStateText } from '../../i18n/agents.ts';
import { useT } from '../../i18n/language.ts';

const shown: Record<AgentRunState, State> = {
  queued: 'queued',
  running: 'running',
  waiting: 'waiting',
  paused: 'waiting',
  succeeded: 'succeeded',
  failed: 'failed',
  stopped: 'cancelled',
};

export function AgentRunBadge({ state, testId }: { state: AgentRunState; testId?: string }) {
  const t = useT();
  const label = agentRunStateText[state];
  return <StateBadge state={shown[state]} label={label && t(label)} {...(testId && { testId })} />;
}
