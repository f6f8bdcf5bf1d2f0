/** What versions of automations and agents have in common. */
import type { AgentVersionSummary } from '../../../../contracts/api/agents.ts';
import type { VersionSummary } from '../../../../contracts/api/automations.ts';

export type ShownVersion = VersionSummary | AgentVersionSummary;
