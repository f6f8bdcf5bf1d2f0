/** Run, run with input, stop; and the state of the run on the canvas. */
import { ActionIcon, Button, Group, Menu, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconChevronDown,
  IconClearAll,
  IconExternalLink,
  IconPlayerPlayFilled,
  IconPlayerStopFilled,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useStore } from 'zustand';
import type { Automation } from '../../../../../contracts/api/automations.ts';
import { isTerminal } from '../../../../../contracts/states.ts';
import { sharedAutomation } from '../../../api/automations.ts';
import { useCan } from '../../../api/session.ts';
import { StateBadge } from '../../../components/state-badge.tsx';
import { useScene } from '../../../graph/scene.ts';
import { editorText } from '../../../i18n/editor.ts';
import { useT } from '../../../i18n/language.ts';
import { stateText } from '../../../i18n/states.ts';
import { RunInputDialog } from '../dialogs/run-input-dialog.tsx';
import { useEditorStore } from '../state/editor-store.ts';
import type { EditorRun } from '../state/use-editor-run.ts';

export function RunButton({ run, automation }: { run: EditorRun; automation: Automation }) {
  const t = useT();
  const isPhone = useMediaQuery('(max-width: 48em)');
  const [asksInput, setAsksInput] = useState(false);
  const state = useStore(useScene().store, (scene) => scene.overlay?.state);
  const id = useStore(useScene().store, (scene) => scene.overlay?.run);
  const selected = useStore(useEditorStore(), (editor) => editor.selected);
  const node = selected.size === 1 ? [...selected][0] : undefined;
  const shared = sharedAutomation(automation);
  const mayRun = useCan('automation.run-draft', shared);
  const mayStop = useCan('run.cancel', shared);
  const isMoving = state !== undefined && !isTerminal(state);
  return (
    <Group gap="xs" wrap="nowrap">
      <VisuallyHidden role="status">
        {state && t(editorText.shownRun, { state: t(stateText[state]) })}
      </VisuallyHidden>
      {state && id && (
        <Menu position="bottom-end">
          <Menu.Target>
            <UnstyledButton
              aria-label={t(editorText.shownRun, { state: t(stateText[state]) })}
              display="inline-flex"
            >
              <StateBadge state={state} size={isPhone ? 'md' : 'lg'} testId="run-state" />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item component={Link} to={`/runs/${id}`} leftSection={<IconExternalLink size={16} />}>
              {t(editorText.openRun)}
            </Menu.Item>
            <Menu.Item leftSection={<IconClearAll size={16} />} onClick={run.clear}>
              {t(editorText.clearRun)}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {isMoving && mayStop && (
        <Button
          variant="light"
          color="red"
          size="sm"
          leftSection={<IconPlayerStopFilled size={15} />}
          onClick={run.stop}
          data-testid="stop"
        >
          {t(editorText.stop)}
        </Button>
      )}
      {!isMoving && mayRun && (
        <Button.Group>
          <Tooltip label="Ctrl Enter">
            <Button
              size="sm"
              variant="light"
              leftSection={<IconPlayerPlayFilled size={15} />}
              loading={run.isStarting}
              onClick={() => run.start()}
              data-testid="run"
            >
              {t(editorText.run)}
            </Button>
          </Tooltip>
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon
                variant="light"
                color="iris"
                size={36}
                aria-label={t(editorText.runWith)}
                style={{ borderStartStartRadius: 0, borderEndStartRadius: 0 }}
                data-testid="run-menu"
              >
                <IconChevronDown size={15} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setAsksInput(true)} data-testid="run-with">
                {t(editorText.runWith)}
              </Menu.Item>
              <Menu.Item
                disabled={node === undefined}
                onClick={() => node !== undefined && run.startPart(node, false)}
                data-testid="run-node"
              >
                {t(editorText.runNode)}
              </Menu.Item>
              <Menu.Item
                disabled={node === undefined}
                onClick={() => node !== undefined && run.startPart(node, true)}
                data-testid="run-onwards"
              >
                {t(editorText.runOnwards)}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Button.Group>
      )}
      {asksInput && <RunInputDialog onRun={run.start} onClose={() => setAsksInput(false)} />}
    </Group>
  );
}
