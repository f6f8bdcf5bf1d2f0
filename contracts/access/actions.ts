/**
 * Everything somebody can do in a workspace: which roles may, which scope an API key needs for it, and which level of a grant on
 * the one resource allows it to others. Every route and socket event names one of these; `docs/roles.md` is generated from them.
 */
import type { GrantLevel, ResourceType, Role } from './roles.ts';

export const scopes = [
  'automations:read',
  'automations:write',
  'runs:read',
  'runs:write',
  'credentials:read',
  'credentials:write',
  'variables:read',
  'variables:write',
  'tables:read',
  'tables:write',
  'events:read',
  'events:write',
  'files:read',
  'files:write',
  'agents:read',
  'agents:write',
  'knowledge:read',
  'knowledge:write',
  'models:read',
  'models:write',
  'workspace:read',
  'workspace:write',
  'members:read',
  'members:write',
  'keys:read',
  'keys:write',
  'audit:read',
] as const;
export type Scope = (typeof scopes)[number];

interface ActionRule {
  roles: readonly Role[];
  scope: Scope;
  /** Who lacks the role may still do it to a resource that was shared with them at this level. */
  grant?: readonly [ResourceType, GrantLevel];
}

const everybody = ['owner', 'admin', 'builder', 'operator', 'member', 'viewer'] as const;
const lookers = ['owner', 'admin', 'builder', 'operator', 'viewer'] as const;
const talkers = ['owner', 'admin', 'builder', 'operator', 'member'] as const;
const runners = ['owner', 'admin', 'builder', 'operator'] as const;
const makers = ['owner', 'admin', 'builder'] as const;
const heads = ['owner', 'admin'] as const;
const owners = ['owner'] as const;

export const actions = {
  'workspace.view': { roles: everybody, scope: 'workspace:read' },
  'workspace.edit': { roles: heads, scope: 'workspace:write' },
  'workspace.delete': { roles: owners, scope: 'workspace:write' },
  /** By the scope of members, not of settings: whoever decides who is in and as what can make somebody who is held by no scope. */
  'workspace.transfer': { roles: owners, scope: 'members:write' },
  'member.view': { roles: lookers, scope: 'members:read' },
  'member.manage': { roles: heads, scope: 'members:write' },
  'group.view': { roles: lookers, scope: 'members:read' },
  'group.manage': { roles: heads, scope: 'members:write' },
  'key.view': { roles: heads, scope: 'keys:read' },
  'key.manage': { roles: heads, scope: 'keys:write' },
  'audit.view': { roles: heads, scope: 'audit:read' },

  'catalogue.view': { roles: everybody, scope: 'automations:read' },
  /** The list shows each person what they may view. */
  'automation.list': { roles: everybody, scope: 'automations:read' },
  'automation.view': { roles: lookers, scope: 'automations:read', grant: ['automation', 'use'] },
  'automation.create': { roles: makers, scope: 'automations:write' },
  'automation.edit': { roles: makers, scope: 'automations:write', grant: ['automation', 'edit'] },
  /** Of what is published. */
  'automation.run': { roles: runners, scope: 'runs:write', grant: ['automation', 'use'] },
  /** Unfinished work and its pinned data: whom an automation is shared with for use gets what its builder published. */
  'automation.run-draft': { roles: runners, scope: 'runs:write', grant: ['automation', 'edit'] },
  'automation.publish': { roles: makers, scope: 'automations:write', grant: ['automation', 'manage'] },
  'automation.delete': { roles: makers, scope: 'automations:write', grant: ['automation', 'manage'] },
  'automation.share': { roles: makers, scope: 'automations:write', grant: ['automation', 'manage'] },

  /** The list shows each person the runs of what they may view. */
  'run.list': { roles: everybody, scope: 'runs:read' },
  'run.view': { roles: lookers, scope: 'runs:read', grant: ['automation', 'use'] },
  /** Cancel or retry many at once, whichever automation they are of. */
  'run.bulk': { roles: runners, scope: 'runs:write' },
  /** Says something to a run that waits for it. */
  'run.signal': { roles: runners, scope: 'runs:write', grant: ['automation', 'use'] },
  'run.cancel': { roles: runners, scope: 'runs:write', grant: ['automation', 'use'] },

  /** Shows each person what they are asked, and the approvals of the runs they may view. */
  'approval.list': { roles: everybody, scope: 'runs:read' },
  'approval.view': { roles: everybody, scope: 'runs:read' },
  /** Only of who is named as approver, and only of people. */
  'approval.decide': { roles: everybody, scope: 'runs:write' },

  /** Names and types, never values; the list shows each person what they may use. */
  'credential.list': { roles: everybody, scope: 'credentials:read' },
  'credential.view': { roles: heads, scope: 'credentials:read', grant: ['credential', 'use'] },
  'credential.create': { roles: makers, scope: 'credentials:write' },
  'credential.use': { roles: heads, scope: 'automations:write', grant: ['credential', 'use'] },
  'credential.edit': { roles: heads, scope: 'credentials:write', grant: ['credential', 'edit'] },
  'credential.delete': { roles: heads, scope: 'credentials:write', grant: ['credential', 'manage'] },
  'credential.share': { roles: heads, scope: 'credentials:write', grant: ['credential', 'manage'] },

  'variable.view': { roles: lookers, scope: 'variables:read' },
  'variable.edit': { roles: makers, scope: 'variables:write' },

  /** Data tables, their rows, and keys that automations keep. */
  'table.view': { roles: lookers, scope: 'tables:read' },
  'table.edit': { roles: runners, scope: 'tables:write' },

  /** One's own uploads, what is public, and what hangs on a conversation one may read; those of the workspace by the action below. */
  'file.view': { roles: everybody, scope: 'files:read' },
  /** Files that others uploaded for the workspace, and exports. What is attached to somebody's conversation is not among them. */
  'file.view-all': { roles: lookers, scope: 'files:read' },
  'file.upload': { roles: talkers, scope: 'files:write' },
  /** Of the workspace; whoever uploaded a file takes it back by giving up the upload. */
  'file.delete': { roles: makers, scope: 'files:write' },

  /** When triggers tick. */
  'schedule.list': { roles: lookers, scope: 'automations:read' },
  /** Pausing, resuming, ticking by hand. */
  'schedule.steer': { roles: runners, scope: 'runs:write', grant: ['automation', 'manage'] },

  /** The list shows each person what they may use. */
  'agent.list': { roles: everybody, scope: 'agents:read' },
  'agent.view': { roles: lookers, scope: 'agents:read', grant: ['agent', 'use'] },
  'agent.create': { roles: makers, scope: 'agents:write' },
  'agent.edit': { roles: makers, scope: 'agents:write', grant: ['agent', 'edit'] },
  /** Talks to what is published of it, or starts it. */
  'agent.use': { roles: runners, scope: 'runs:write', grant: ['agent', 'use'] },
  /** Unfinished work. */
  'agent.try-draft': { roles: makers, scope: 'runs:write', grant: ['agent', 'edit'] },
  'agent.publish': { roles: makers, scope: 'agents:write', grant: ['agent', 'manage'] },
  'agent.delete': { roles: makers, scope: 'agents:write', grant: ['agent', 'manage'] },
  'agent.share': { roles: makers, scope: 'agents:write', grant: ['agent', 'manage'] },

  /** The list shows each person what they may use. */
  'knowledge.list': { roles: everybody, scope: 'knowledge:read' },
  'knowledge.view': { roles: lookers, scope: 'knowledge:read', grant: ['knowledge', 'use'] },
  'knowledge.create': { roles: makers, scope: 'knowledge:write' },
  /** Its documents, too. */
  'knowledge.edit': { roles: makers, scope: 'knowledge:write', grant: ['knowledge', 'edit'] },
  'knowledge.delete': { roles: makers, scope: 'knowledge:write', grant: ['knowledge', 'manage'] },
  'knowledge.share': { roles: makers, scope: 'knowledge:write', grant: ['knowledge', 'manage'] },
  /** Finds passages of its documents, and reads them. */
  'knowledge.search': { roles: lookers, scope: 'knowledge:read', grant: ['knowledge', 'use'] },

  /** The list shows each person the runs of agents they may use, and their own. */
  'agent-run.list': { roles: everybody, scope: 'runs:read' },
  'agent-run.view': { roles: lookers, scope: 'runs:read', grant: ['agent', 'use'] },
  /** Those of conversations of others, too: what people say to an agent is not for all who may use it. */
  'agent-run.view-all': { roles: runners, scope: 'runs:read', grant: ['agent', 'manage'] },
  /** Pausing, resuming, stopping, and saying something to it. */
  'agent-run.steer': { roles: runners, scope: 'runs:write', grant: ['agent', 'use'] },

  /** One's own conversations, and those that are open to all. Who answers in one is asked as `agent.use` and `automation.run`. */
  'chat.read': { roles: everybody, scope: 'agents:read' },
  'chat.write': { roles: everybody, scope: 'runs:write' },

  /**
   * The endpoints for other programs, /v1 and /mcp. What is asked there is asked for besides: `agent.use`, `automation.run`,
   * `model.ask`; lists show each caller what they may use.
   */
  'gateway.use': { roles: everybody, scope: 'runs:write' },

  /** One's own. */
  'notification.view': { roles: everybody, scope: 'runs:read' },
  'notification.mark': { roles: everybody, scope: 'runs:write' },

  /** Providers, chains, prices and limits: what a builder chooses from. Never a key. */
  'model.view': { roles: lookers, scope: 'models:read' },
  /** Asking one past any automation or agent, by the endpoint that speaks OpenAI's protocol. It costs what it costs. */
  'model.ask': { roles: runners, scope: 'runs:write' },
  /** Setting them up, budgets too; a test costs something. */
  'model.manage': { roles: heads, scope: 'models:write' },
  /** What was spent, by whom. */
  'model.usage': { roles: heads, scope: 'models:read' },

  /** MCP servers and their tools: what a builder chooses from. Never a secret. */
  'mcp.view': { roles: everybody, scope: 'agents:read' },
  /** Agreeing, for oneself, that agents use a server as oneself. */
  'mcp.connect': { roles: talkers, scope: 'agents:write' },
  /** Adding them, and deciding which of their tools models may be told of. */
  'mcp.manage': { roles: heads, scope: 'agents:write' },

  'event.view': { roles: lookers, scope: 'events:read' },
  /** Starts the automations that listen to it. */
  'event.emit': { roles: runners, scope: 'events:write' },
} as const satisfies Record<string, ActionRule>;

export type Action = keyof typeof actions;
export const actionNames = Object.keys(actions) as Action[];

export function ruleOf(action: Action): ActionRule {
  return actions[action];
}
