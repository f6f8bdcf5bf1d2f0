/** Where the side bar leads, in groups by what one does there. A feature adds its line here when it is there, not before. */
import {
  IconBolt,
  IconBooks,
  IconBroadcast,
  IconBubbleText,
  IconClock,
  IconHome,
  IconListDetails,
  IconRobot,
  IconSettings,
  IconSparkles,
  IconTable,
  IconUserCheck,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Text } from '../../../contracts/text.ts';
import { agentsText } from '../i18n/agents.ts';
import { knowledgeText } from '../i18n/knowledge.ts';
import { modelsText } from '../i18n/models.ts';
import { shellText } from '../i18n/shell.ts';
import { tablesText } from '../i18n/tables.ts';

export interface Destination {
  to: string;
  label: Text;
  icon: TablerIcon;
  /** Action without which there is nothing to see. */
  needs?: string;
}

export const destinationGroups: readonly { label?: Text; destinations: readonly Destination[] }[] = [
  {
    destinations: [
      { to: '/', label: shellText.home, icon: IconHome },
      { to: '/chat', label: shellText.chat, icon: IconBubbleText, needs: 'chat.read' },
    ],
  },
  {
    label: shellText.build,
    destinations: [
      { to: '/automations', label: shellText.automations, icon: IconBolt },
      { to: '/agents', label: agentsText.title, icon: IconRobot },
      { to: '/knowledge', label: knowledgeText.title, icon: IconBooks, needs: 'knowledge.list' },
      { to: '/schedules', label: shellText.schedules, icon: IconClock },
      { to: '/models', label: modelsText.title, icon: IconSparkles },
    ],
  },
  {
    label: shellText.follow,
    destinations: [
      { to: '/runs', label: shellText.runs, icon: IconListDetails },
      { to: '/approvals', label: shellText.approvals, icon: IconUserCheck },
      { to: '/events', label: shellText.events, icon: IconBroadcast },
    ],
  },
  {
    label: shellText.data,
    destinations: [{ to: '/tables', label: tablesText.title, icon: IconTable }],
  },
  { destinations: [{ to: '/settings', label: shellText.settings, icon: IconSettings }] },
];

export const destinations = destinationGroups.flatMap((group) => group.destinations);
