/** The state of an agent's run in the looks of all states: `paused` waits, `stopped` was ended by somebody. */
import type { AgentRunState } from '../../../../contracts/agents/run.ts';
import type { State } from '../../../../contracts/states.ts';
import { StateBadge } from '../../components/state-badge.tsx';

const shown: Record<AgentRunState, State> = {
  queued: 'queued',
  running: 'running',
  waiting: 'waiting',
  paused: 'waiting',
  succeeded: 'succeeded',
  failed: 'failed',
  stopped: 'cancelled',
};

export function AgentRunBadge({ state }: { state: AgentRunState }) {
  return <StateBadge state={shown[state]} />;
}
