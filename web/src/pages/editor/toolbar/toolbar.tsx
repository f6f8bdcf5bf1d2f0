/** The bar above the canvas. */
import { ActionIcon, Badge, Group, Indicator, Menu, TextInput, Tooltip, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconAdjustments,
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconDots,
  IconEye,
  IconGridDots,
  IconHistory,
  IconKeyboard,
  IconSitemap,
  IconWebhook,
  type TablerIcon,
} from '@tabler/icons-react';
import { Link, useNavigate } from 'react-router';
import type { Automation } from '../../../../../contracts/api/automations.ts';
import type { GraphProblem } from '../../../../../contracts/validate-graph.ts';
import { sharedAutomation } from '../../../api/automations.ts';
import { useCan } from '../../../api/session.ts';
import { SaveButton } from '../../../components/save-button.tsx';
import { alignToGrid, layoutGraph } from '../../../graph/layout.ts';
import { automationsText } from '../../../i18n/automations.ts';
import { common } from '../../../i18n/common.ts';
import { deliveriesText } from '../../../i18n/deliveries.ts';
import { editorText } from '../../../i18n/editor.ts';
import { useT } from '../../../i18n/language.ts';
import { AutomationMenu } from '../../automations/automation-menu.tsx';
import { useEditor, useEditorStore } from '../state/editor-store.ts';
import type { EditorRun } from '../state/use-editor-run.ts';
import { PublishButton } from './publish-button.tsx';
import { RunButton } from './run-button.tsx';
import classes from './toolbar.module.css';

export interface ToolbarProps {
  automation: Automation;
  problems: readonly GraphProblem[];
  run: EditorRun;
  flush(): Promise<boolean>;
}

export function Toolbar({ automation, problems, run, flush }: ToolbarProps) {
  const t = useT();
  const store = useEditorStore();
  const navigate = useNavigate();
  const isPhone = useMediaQuery('(max-width: 62em)');
  const name = useEditor((state) => state.history.present.name);
  const publishedVersion = useEditor((state) => state.publishedVersion);
  const save = useEditor((state) => state.save);
  const canUndo = useEditor((state) => state.history.past.length > 0);
  const canRedo = useEditor((state) => state.history.future.length > 0);
  const hasWebhook = useEditor((state) =>
    state.history.present.graph.nodes.some(({ type }) => type === 'webhook-trigger'),
  );
  const { undo, redo, edit, set, setName, readOnly } = store.getState();
  const mayPublish = useCan('automation.publish', sharedAutomation(automation));
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const tools: readonly { label: string; keys?: string; icon: TablerIcon; act(): void }[] = [
    ...(readOnly
      ? []
      : [
          { label: t(editorText.layout), keys: 'Shift L', icon: IconSitemap, act: () => edit(layoutGraph) },
          { label: t(editorText.align), icon: IconGridDots, act: () => edit(alignToGrid) },
        ]),
    { label: t(editorText.versions), icon: IconHistory, act: () => set({ panel: 'versions' }) },
    ...(hasWebhook
      ? [{ label: t(deliveriesText.title), icon: IconWebhook, act: () => set({ panel: 'deliveries' }) }]
      : []),
    ...(readOnly
      ? []
      : [{ label: t(editorText.settings), icon: IconAdjustments, act: () => set({ panel: 'settings' }) }]),
    ...(isPhone
      ? []
      : [{ label: t(editorText.keys), keys: '?', icon: IconKeyboard, act: () => set({ panel: 'keys' }) }]),
  ];
  return (
    <header className={classes.bar}>
      <Group gap={6} wrap="nowrap" flex={1} miw={0}>
        <VisuallyHidden component="h1">{name}</VisuallyHidden>
        <Tooltip label={t(editorText.back)}>
          <ActionIcon component={Link} to="/automations" size="lg" aria-label={t(editorText.back)}>
            <IconArrowLeft size={18} />
          </ActionIcon>
        </Tooltip>
        <TextInput
          variant="unstyled"
          aria-label={t(editorText.name)}
          data-testid="automation-name"
          value={name}
          readOnly={readOnly}
          maxLength={128}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          className={classes.name}
          styles={{
            input: { fontWeight: 650, fontSize: 'var(--mantine-font-size-md)', textOverflow: 'ellipsis' },
          }}
        />
        {publishedVersion !== undefined && (
          <Badge variant="outline" color="gray" tt="none" visibleFrom="md" style={{ flexShrink: 0 }}>
            {t(automationsText.versionNumber, { number: publishedVersion })}
          </Badge>
        )}
        {readOnly ? (
          <Tooltip label={t(editorText.readOnlyHelp)}>
            <Badge
              variant="light"
              color="gray"
              tt="none"
              leftSection={<IconEye size={13} />}
              style={{ flexShrink: 0 }}
              data-testid="read-only"
            >
              {t(editorText.readOnly)}
            </Badge>
          </Tooltip>
        ) : (
          <SaveButton save={save} onSave={flush} />
        )}
      </Group>
      <Group gap={4} wrap="nowrap">
        {!readOnly && (
          <>
            <Tool
              label={t(editorText.undo)}
              keys="Ctrl Z"
              icon={IconArrowBackUp}
              disabled={!canUndo}
              act={undo}
              testId="undo"
            />
            <Tool
              label={t(editorText.redo)}
              keys="Ctrl Shift Z"
              icon={IconArrowForwardUp}
              disabled={!canRedo}
              act={redo}
              testId="redo"
            />
          </>
        )}
        {!isPhone && tools.map((tool) => <Tool key={tool.label} {...tool} />)}
        {isPhone && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon size="lg" aria-label={t(common.more)}>
                <IconDots size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {tools.map(({ label, icon: Icon, act }) => (
                <Menu.Item key={label} leftSection={<Icon size={16} />} onClick={act}>
                  {label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        <Indicator
          label={problems.length}
          size={16}
          disabled={problems.length === 0}
          color={errors > 0 ? 'red' : 'yellow'}
          offset={5}
        >
          <Tool
            label={
              problems.length === 0
                ? t(editorText.noProblems)
                : t(editorText.problemCount, { count: problems.length })
            }
            icon={IconAlertTriangle}
            act={() => set({ panel: 'problems' })}
            testId="problems-button"
          />
        </Indicator>
        {!isPhone && (
          <AutomationMenu
            automation={{ ...automation, name, publishedVersion }}
            onDeleted={() => navigate('/automations')}
          />
        )}
      </Group>
      <Group gap="xs" wrap="nowrap" className={classes.main}>
        <RunButton run={run} automation={automation} />
        {mayPublish && <PublishButton problems={problems} flush={flush} />}
      </Group>
    </header>
  );
}

interface ToolProps {
  label: string;
  keys?: string;
  icon: TablerIcon;
  disabled?: boolean;
  testId?: string;
  act(): void;
}

function Tool({ label, keys, icon: Icon, disabled = false, testId, act }: ToolProps) {
  return (
    <Tooltip label={keys ? `${label} (${keys})` : label}>
      <ActionIcon size="lg" aria-label={label} onClick={act} disabled={disabled} data-testid={testId}>
        <Icon size={18} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}
