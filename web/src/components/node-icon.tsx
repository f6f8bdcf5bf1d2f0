/** Icons of the catalogue's node types. Named one by one: importing the set by name would put 6,000 icons into the app. */
import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowRampRight,
  IconArrowRight,
  IconArrowsJoin2,
  IconArrowsSplit,
  IconArrowsSplit2,
  IconArrowsVertical,
  IconBrandGraphql,
  IconBroadcast,
  IconBucket,
  IconCalendarTime,
  IconClock,
  IconCode,
  IconCopyOff,
  IconCursorText,
  IconDatabase,
  IconFileExport,
  IconFileImport,
  IconFileText,
  IconFileTypeXml,
  IconFilter,
  IconForms,
  IconGitCompare,
  IconHexagon,
  IconHistory,
  IconHourglass,
  IconHtml,
  IconKey,
  IconListNumbers,
  IconLockCode,
  IconMail,
  IconMarkdown,
  IconNote,
  IconPencil,
  IconPlayerPlay,
  IconRefresh,
  IconRepeat,
  IconRss,
  IconSend,
  IconSitemap,
  IconSortAscending,
  IconSpeakerphone,
  IconStack2,
  IconSum,
  IconTable,
  IconTopologyStar3,
  IconUserCheck,
  IconWebhook,
  IconWorldWww,
  type TablerIcon,
} from '@tabler/icons-react';
import { findNodeType } from '../../../contracts/catalogue/index.ts';
import type { NodeGroup } from '../../../contracts/node-type.ts';

const icons: Record<string, TablerIcon> = {
  AlertOctagon: IconAlertOctagon,
  AlertTriangle: IconAlertTriangle,
  ArrowBackUp: IconArrowBackUp,
  ArrowRampRight: IconArrowRampRight,
  ArrowRight: IconArrowRight,
  ArrowsJoin2: IconArrowsJoin2,
  ArrowsSplit: IconArrowsSplit,
  ArrowsSplit2: IconArrowsSplit2,
  ArrowsVertical: IconArrowsVertical,
  CalendarTime: IconCalendarTime,
  Broadcast: IconBroadcast,
  BrandGraphql: IconBrandGraphql,
  Bucket: IconBucket,
  Clock: IconClock,
  Refresh: IconRefresh,
  Rss: IconRss,
  Speakerphone: IconSpeakerphone,
  Code: IconCode,
  CopyOff: IconCopyOff,
  CursorText: IconCursorText,
  FileExport: IconFileExport,
  FileImport: IconFileImport,
  FileTypeXml: IconFileTypeXml,
  FileText: IconFileText,
  Database: IconDatabase,
  Filter: IconFilter,
  Forms: IconForms,
  GitCompare: IconGitCompare,
  History: IconHistory,
  Hourglass: IconHourglass,
  Key: IconKey,
  Html: IconHtml,
  ListNumbers: IconListNumbers,
  LockCode: IconLockCode,
  Mail: IconMail,
  Markdown: IconMarkdown,
  Note: IconNote,
  Pencil: IconPencil,
  PlayerPlay: IconPlayerPlay,
  Repeat: IconRepeat,
  Send: IconSend,
  TopologyStar3: IconTopologyStar3,
  Sitemap: IconSitemap,
  SortAscending: IconSortAscending,
  Stack2: IconStack2,
  Sum: IconSum,
  Table: IconTable,
  UserCheck: IconUserCheck,
  Webhook: IconWebhook,
  WorldWww: IconWorldWww,
};

export const groupColors: Record<NodeGroup, string> = {
  triggers: 'teal',
  data: 'indigo',
  flow: 'orange',
  actions: 'grape',
  notes: 'yellow',
};

/** The icon of a node type on a tile in its group's colour. */
export function NodeIcon({ type, size = 32 }: { type: string; size?: number }) {
  const nodeType = findNodeType(type);
  const Icon = icons[nodeType?.icon ?? ''] ?? IconHexagon;
  const color = nodeType ? groupColors[nodeType.group] : 'gray';
  return (
    <span
      aria-hidden
      className="hx-node-icon"
      style={{
        width: size,
        height: size,
        background: `var(--mantine-color-${color}-light)`,
        color: `var(--mantine-color-${color}-light-color)`,
      }}
    >
      <Icon size={Math.round(size * 0.58)} stroke={1.8} />
    </span>
  );
}
