/** The form of a node, made from the catalogue. */
import { Stack, Text } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { testedKinds } from '../../../../../contracts/api/test-listeners.ts';
import { findNodeType } from '../../../../../contracts/catalogue/index.ts';
import { fieldsOf } from '../../../../../contracts/field.ts';
import type { GraphNode } from '../../../../../contracts/graph.ts';
import { useNodeProblems } from '../../../graph/scene.ts';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useT } from '../../../i18n/language.ts';
import { useEditor, useEditorStore } from '../state/editor-store.ts';
import { removeSwitchCase } from '../state/graph-edits.ts';
import { AddressPaper } from './address-paper.tsx';
import { type Path, parameterPath, shownFields, valueAt } from './form-values.ts';
import { neededFields } from './needed-fields.ts';
import { NextTicks } from './next-ticks.tsx';
import { ParameterField } from './parameter-field.tsx';
import { TestCall } from './test-call.tsx';
import { WebhookAddress } from './webhook-address.tsx';

export function ParametersForm({ node }: { node: GraphNode }) {
  const t = useT();
  const store = useEditorStore();
  const nodeType = findNodeType(node.type);
  const fields = useMemo(() => (nodeType ? fieldsOf(nodeType.parameters) : []), [nodeType]);
  const found = useNodeProblems(node.id);
  const problems = useMemo(
    () =>
      new Map(
        found.flatMap((problem) => {
          const path = parameterPath(problem.field);
          return path === undefined ? [] : [[path, t(problem.message)] as const];
        }),
      ),
    [found, t],
  );
  const focusField = useEditor((state) => state.focusField);
  useEffect(() => {
    if (focusField === undefined) return;
    const target = document.querySelector(`[data-field="${CSS.escape(focusField)}"]`);
    target?.scrollIntoView({ block: 'center' });
    target?.querySelector<HTMLElement>('input, textarea, [contenteditable="true"]')?.focus();
    store.getState().set({ focusField: undefined });
  }, [focusField, store]);

  const onChange = (path: Path, value: Parameters<ReturnType<typeof store.getState>['setParameter']>[2]) =>
    store.getState().setParameter(node.id, path, value);
  const onRemoveEntry = (path: Path, index: number) => {
    if (node.type === 'switch' && path.join('.') === 'cases')
      return store.getState().edit((graph) => removeSwitchCase(graph, node.id, index));
    const entries = valueAt(node.parameters, path);
    if (Array.isArray(entries))
      onChange(
        path,
        entries.filter((_, at) => at !== index),
      );
  };
  const shown = shownFields(fields, node.parameters);
  const needed = useMemo(
    () => (nodeType ? neededFields(nodeType, fields, node.parameters) : new Set()),
    [nodeType, fields, node.parameters],
  );
  return (
    <Stack gap="md">
      {node.type === 'schedule-trigger' && <NextTicks node={node} />}
      {node.type === 'webhook-trigger' && <WebhookAddress node={node} />}
      {node.type === 'form-trigger' && (
        <AddressPaper url={addressOf('/forms', node.parameters.path)} testId="form-url" />
      )}
      {node.type === 'mail-trigger' && (
        <AddressPaper
          method="POST"
          url={addressOf('/hooks/mail', node.parameters.address)}
          help={t(inspectorText.mailAddressHelp)}
          testId="mail-url"
        />
      )}
      {node.type in testedKinds && <TestCall node={node} />}
      {shown.map((field) => (
        <ParameterField
          key={field.name}
          field={needed.has(field.name) ? { ...field, required: true } : field}
          path={[field.name]}
          value={node.parameters[field.name]}
          problems={problems}
          onChange={onChange}
          onRemoveEntry={onRemoveEntry}
        />
      ))}
      {shown.length === 0 && (
        <Text size="sm" c="dimmed">
          {t(inspectorText.noParameters)}
        </Text>
      )}
    </Stack>
  );
}

function addressOf(folder: string, name: unknown): string {
  return `${window.location.origin}${folder}/${typeof name === 'string' ? name : ''}`;
}
