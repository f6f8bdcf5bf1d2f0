/** The icon of each kind of tool. */
import {
  IconApi,
  IconBolt,
  IconBook2,
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
  knowledge: IconBook2,
  agent: IconRobot,
  'ask-human': IconUserQuestion,
  mcp: IconPlugConnected,
};
