/** The pages of the settings and what one must be allowed to see each. The frame's tabs and Ctrl-K read it. */
import {
  IconBraces,
  IconBuildingCommunity,
  IconFileSearch,
  IconKey,
  IconPlugConnected,
  IconShieldCheck,
  IconShieldLock,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Action } from '../../../../contracts/access/actions.ts';
import type { Text } from '../../../../contracts/text.ts';
import { rolesText } from '../../i18n/access.ts';
import { auditText } from '../../i18n/audit.ts';
import { credentialsText } from '../../i18n/credentials.ts';
import { keysText } from '../../i18n/keys.ts';
import { mcpText } from '../../i18n/mcp.ts';
import { membersText } from '../../i18n/members.ts';
import { workspaceText } from '../../i18n/settings.ts';
import { variablesText } from '../../i18n/variables.ts';

export interface SettingsSection {
  /** Below `/settings/`. */
  path: string;
  label: Text;
  icon: TablerIcon;
  needs: Action;
}

export const settingsSections: readonly SettingsSection[] = [
  { path: 'workspace', label: workspaceText.title, icon: IconBuildingCommunity, needs: 'workspace.view' },
  { path: 'members', label: membersText.title, icon: IconUsers, needs: 'member.view' },
  { path: 'roles', label: rolesText.title, icon: IconShieldCheck, needs: 'workspace.view' },
  { path: 'credentials', label: credentialsText.title, icon: IconShieldLock, needs: 'credential.list' },
  { path: 'mcp-servers', label: mcpText.title, icon: IconPlugConnected, needs: 'mcp.view' },
  { path: 'variables', label: variablesText.title, icon: IconBraces, needs: 'variable.view' },
  { path: 'keys', label: keysText.title, icon: IconKey, needs: 'key.view' },
  { path: 'audit', label: auditText.title, icon: IconFileSearch, needs: 'audit.view' },
];
