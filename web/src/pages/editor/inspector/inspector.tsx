/** The panel for the selected node. */
import { ActionIcon, Box, Group, ScrollArea, Tabs, Text, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { findNodeType } from '../../../../../contracts/catalogue/index.ts';
import type { GraphNode } from '../../../../../contracts/graph.ts';
import { NodeIcon } from '../../../components/node-icon.tsx';
import { canvasText } from '../../../i18n/canvas.ts';
import { common } from '../../../i18n/common.ts';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useT } from '../../../i18n/language.ts';
import { focusNode } from '../canvas/canvas-focus.ts';
import { useEditorStore, useReadOnly } from '../state/editor-store.ts';
import { renameNode } from '../state/node-names.ts';
import classes from './inspector.module.css';
import { ParametersForm } from './parameters-form.tsx';
import { NodeContext } from './preview-context.ts';
import { SettingsForm } from './settings-form.tsx';

export function Inspector({ node }: { node: GraphNode }) {
  const t = useT();
  const store = useEditorStore();
  const readOnly = useReadOnly();
  const nodeType = findNodeType(node.type);
  return (
    <NodeContext value={node}>
      <Box
        component="aside"
        h="100%"
        style={{ display: 'flex', flexDirection: 'column' }}
        data-testid="inspector"
        data-node-form
        aria-label={node.name}
        onKeyDownCapture={(event) => {
          if (event.key !== 'Escape' || hasOpenList(event.target)) return;
          event.stopPropagation();
          focusNode(node.id);
        }}
      >
        <Group wrap="nowrap" gap="sm" p="sm" pb={6}>
          <NodeIcon type={node.type} size={34} />
          <Box flex={1} miw={0}>
            <NodeNameField key={node.id} node={node} label={t(canvasText.rename)} />
            <Text size="xs" c="dimmed" truncate title={nodeType && t(nodeType.description)}>
              {nodeType ? t(nodeType.label) : node.type}
            </Text>
          </Box>
          <ActionIcon aria-label={t(common.close)} onClick={() => store.getState().select([])}>
            <IconX size={18} />
          </ActionIcon>
        </Group>
        <Tabs
          defaultValue="parameters"
          key={node.id}
          style={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}
        >
          <Tabs.List px="sm">
            <Tabs.Tab value="parameters">{t(inspectorText.parameters)}</Tabs.Tab>
            <Tabs.Tab value="settings" data-testid="tab-settings">
              {t(inspectorText.settings)}
            </Tabs.Tab>
          </Tabs.List>
          <ScrollArea flex={1} type="auto" scrollbarSize={8}>
            <Tabs.Panel value="parameters" p="md" pb="xl">
              <Fields readOnly={readOnly}>
                <ParametersForm node={node} />
              </Fields>
            </Tabs.Panel>
            <Tabs.Panel value="settings" p="md" pb="xl">
              <Fields readOnly={readOnly}>
                <SettingsForm node={node} />
              </Fields>
            </Tabs.Panel>
          </ScrollArea>
        </Tabs>
      </Box>
    </NodeContext>
  );
}

/** Escape closes it first. */
function hasOpenList(target: EventTarget): boolean {
  return (
    document.querySelector('.cm-tooltip-autocomplete') !== null ||
    (target instanceof Element && target.closest('[aria-expanded="true"], [role="menu"]') !== null)
  );
}

/** The browser locks every field of a disabled fieldset; code editors are no fields and ask the store. */
function Fields({ readOnly, children }: { readOnly: boolean; children: ReactNode }) {
  return (
    <fieldset disabled={readOnly} className={classes.fields}>
      {children}
    </fieldset>
  );
}

/** Renames when it is left: expressions that name the node follow once, not letter by letter. */
function NodeNameField({ node, label }: { node: GraphNode; label: string }) {
  const store = useEditorStore();
  const readOnly = useReadOnly();
  const [name, setName] = useState(node.name);
  useEffect(() => setName(node.name), [node.name]);
  const done = () => {
    store.getState().edit((graph) => renameNode(graph, node.id, name));
    // An empty or taken name is not kept: show the one that is.
    const kept = store.getState().history.present.graph.nodes.find((other) => other.id === node.id);
    setName(kept?.name ?? name);
  };
  return (
    <TextInput
      variant="unstyled"
      size="sm"
      aria-label={label}
      data-testid="node-name"
      value={name}
      readOnly={readOnly}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      styles={{
        input: { fontWeight: 650, height: 24, minHeight: 24, lineHeight: '24px', textOverflow: 'ellipsis' },
      }}
    />
  );
}
