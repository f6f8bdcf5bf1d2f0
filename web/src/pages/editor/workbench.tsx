/** Toolbar, palette, canvas, inspector and data: the parts of the editor and how they share the screen. */
import { ActionIcon, Box, Button, Drawer, Tabs } from '@mantine/core';
import { useDisclosure, useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { IconChevronDown, IconPlus, IconTable } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo } from 'react';
import type { Automation } from '../../../../contracts/api/automations.ts';
import { sharedAutomation } from '../../api/automations.ts';
import { useCan } from '../../api/session.ts';
import { ConflictDialog } from '../../components/conflict-dialog.tsx';
import { notifyDone } from '../../components/error-notice.tsx';
import { edgeId } from '../../graph/connection.ts';
import { type Scene, type SceneActions, SceneContext } from '../../graph/scene.ts';
import { editorText } from '../../i18n/editor.ts';
import { inspectorText } from '../../i18n/inspector.ts';
import { useT } from '../../i18n/language.ts';
import { Canvas } from './canvas/canvas.tsx';
import { useCanvasKeys } from './canvas/use-canvas-keys.ts';
import { useCentre } from './canvas/use-centre.ts';
import { DataDock, InputPane, OutputPane } from './data/data-dock.tsx';
import { AutomationVersionsDrawer } from './dialogs/automation-versions-drawer.tsx';
import { DeliveriesDrawer } from './dialogs/deliveries-drawer.tsx';
import { KeysDialog } from './dialogs/keys-dialog.tsx';
import { ProblemsDrawer } from './dialogs/problems-drawer.tsx';
import { SettingsDialog } from './dialogs/settings-dialog.tsx';
import { Inspector } from './inspector/inspector.tsx';
import { ConnectDialog } from './palette/connect-dialog.tsx';
import { nextInsertion } from './palette/next-insertion.ts';
import { Palette } from './palette/palette.tsx';
import { QuickPicker } from './palette/quick-picker.tsx';
import { useEditor, useEditorStore, useReadOnly, useSelectedNode } from './state/editor-store.ts';
import { removeEdges } from './state/graph-edits.ts';
import { renameNode } from './state/node-names.ts';
import { useAutosave } from './state/use-autosave.ts';
import { useEditorRun } from './state/use-editor-run.ts';
import { useProblems } from './state/use-problems.ts';
import { TestCallsContext, useTestCalls } from './state/use-test-calls.ts';
import { Toolbar } from './toolbar/toolbar.tsx';
import classes from './workbench.module.css';

export function Workbench({
  automation,
  scene: sceneStore,
}: {
  automation: Automation;
  scene: Scene['store'];
}) {
  const t = useT();
  const store = useEditorStore();
  const saving = useAutosave(store, automation);
  const run = useEditorRun(automation.id, sceneStore, saving.settle);
  const testCalls = useTestCalls(automation.id, saving.settle, run.follow);
  const problems = useProblems(sceneStore);
  const panel = useEditor((state) => state.panel);
  const name = useEditor((state) => state.history.present.name);
  const isPhone = useMediaQuery('(max-width: 62em)');
  const actions = useSceneActions(sceneStore);
  const readOnly = useReadOnly();
  const scene = useMemo<Scene>(
    () => ({ store: sceneStore, actions: readOnly ? undefined : actions }),
    [sceneStore, actions, readOnly],
  );
  const mayRun = useCan('automation.run-draft', sharedAutomation(automation));
  const mayPublish = useCan('automation.publish', sharedAutomation(automation));
  const mayReplay = useCan('automation.run', sharedAutomation(automation));
  const save = useCallback(async () => {
    if (!readOnly && (await saving.settle())) notifyDone(t(editorText.saved));
  }, [saving.settle, t, readOnly]);
  const { start } = run;
  useCanvasKeys(sceneStore, { save, run: mayRun ? start : nothing });
  useEffect(() => {
    document.title = `${name} · Hiviex`;
  }, [name]);
  const isConflict = useEditor((state) => state.save.kind === 'conflict');
  const closePanel = () => store.getState().set({ panel: undefined });
  return (
    <SceneContext value={scene}>
      <Box className={classes.workbench}>
        <Toolbar automation={automation} problems={problems} run={run} flush={saving.settle} />
        <TestCallsContext value={mayRun ? testCalls : undefined}>
          {isPhone ? <PhoneLayout /> : <DeskLayout />}
        </TestCallsContext>
      </Box>
      <QuickPicker />
      <ConnectDialog />
      <KeysDialog opened={panel === 'keys'} onClose={closePanel} />
      <SettingsDialog automation={automation.id} opened={panel === 'settings'} onClose={closePanel} />
      <ProblemsDrawer problems={problems} opened={panel === 'problems'} onClose={closePanel} />
      <AutomationVersionsDrawer
        automation={automation.id}
        mayPublish={mayPublish}
        opened={panel === 'versions'}
        onClose={closePanel}
      />
      <DeliveriesDrawer
        automation={automation.id}
        mayRun={mayReplay}
        opened={panel === 'deliveries'}
        onClose={closePanel}
      />
      <ConflictDialog
        opened={isConflict}
        title={t(editorText.conflictTitle)}
        text={t(editorText.conflictText)}
        {...saving}
      />
    </SceneContext>
  );
}

/** For who may not run it. */
function nothing(): void {}

function DeskLayout() {
  const t = useT();
  const readOnly = useReadOnly();
  const node = useSelectedNode();
  const [showsData, setShowsData] = useLocalStorage({ key: 'hiviex-editor-data', defaultValue: true });
  const dataLabel = t(showsData ? inspectorText.hideData : inspectorText.showData);
  const isRunnable = node && node.type !== 'note';
  return (
    <div className={classes.desk}>
      {!readOnly && (
        <div className={classes.palette}>
          <Palette />
        </div>
      )}
      <div className={classes.middle}>
        <div className={classes.canvas}>
          <Canvas />
          {isRunnable && (
            <Button
              className={classes.dataToggle}
              size="compact-xs"
              variant="default"
              leftSection={showsData ? <IconChevronDown size={13} /> : <IconTable size={13} />}
              onClick={() => setShowsData(!showsData)}
            >
              {dataLabel}
            </Button>
          )}
        </div>
        {isRunnable && showsData && (
          <div className={classes.data}>
            <DataDock node={node} />
          </div>
        )}
      </div>
      {node && (
        <div className={classes.inspector}>
          <Inspector node={node} />
        </div>
      )}
    </div>
  );
}

function PhoneLayout() {
  const t = useT();
  const store = useEditorStore();
  const node = useSelectedNode();
  const readOnly = useReadOnly();
  const centre = useCentre();
  const [isOpen, { open, close }] = useDisclosure();
  const id = node?.id;
  useEffect(() => {
    if (id) open();
    else close();
  }, [id, open, close]);
  return (
    <div className={classes.desk}>
      <div className={classes.canvas}>
        <Canvas />
        {!readOnly && (
          <ActionIcon
            className={classes.addButton}
            variant="filled"
            color="iris"
            size={52}
            radius="xl"
            aria-label={t(editorText.addNode)}
            onClick={() => store.getState().set({ picker: nextInsertion(store.getState(), centre) })}
          >
            <IconPlus size={24} />
          </ActionIcon>
        )}
      </div>
      <Drawer
        opened={isOpen && node !== undefined}
        onClose={() => store.getState().select([])}
        position="bottom"
        size="82%"
        withCloseButton={false}
        padding={0}
        attributes={{ content: { 'aria-label': node?.name } }}
      >
        {node && (
          <Tabs defaultValue="node">
            <Tabs.List grow>
              <Tabs.Tab value="node">{t(inspectorText.parameters)}</Tabs.Tab>
              <Tabs.Tab value="input">{t(inspectorText.input)}</Tabs.Tab>
              <Tabs.Tab value="output">{t(inspectorText.output)}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="node">
              <Inspector node={node} />
            </Tabs.Panel>
            <Tabs.Panel value="input">
              <InputPane node={node} />
            </Tabs.Panel>
            <Tabs.Panel value="output">
              <OutputPane node={node} />
            </Tabs.Panel>
          </Tabs>
        )}
      </Drawer>
    </div>
  );
}

function useSceneActions(scene: Scene['store']): SceneActions {
  const store = useEditorStore();
  return useMemo(() => {
    const edit = store.getState().edit;
    return {
      addAfter: (node, port) => store.getState().set({ picker: { kind: 'after', node, port } }),
      insertOn: (edge) => store.getState().set({ picker: { kind: 'edge', edge } }),
      removeEdge: (edge) => edit((graph) => removeEdges(graph, new Set([edgeId(edge)]))),
      rename: (node, name) => edit((graph) => renameNode(graph, node, name)),
      stopRenaming: () => scene.setState({ renaming: undefined }),
      resizeNote: (id, { width, height, x, y }) =>
        edit((graph) => ({
          ...graph,
          nodes: graph.nodes.map((node) =>
            node.id === id
              ? { ...node, position: { x, y }, parameters: { ...node.parameters, width, height } }
              : node,
          ),
        })),
      editNote: (id, content) => store.getState().setParameter(id, ['content'], content),
    };
  }, [store, scene]);
}
