/** The icon of each kind of tool. */
import {
  IconApi,
  IconBolt,
  IconCode,
  IconFiles,
  IconPlugConnected,
  IconRobot,
  IconUserQuestion,
  IconWorldSearch,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ToolKind } from '../../../../../contracts/agents/tool.ts';

export const toolIcons: Record<ToolKind, TablerIcon> = {
  automation: IconBolt,
  http: IconApi,
  code: IconCode,
  'web-fetch': IconWorldSearch,
  files: IconFiles,
  agent: IconRobot,
  'ask-human': IconUserQuestion,
  mcp: IconPlugConnected,
};
