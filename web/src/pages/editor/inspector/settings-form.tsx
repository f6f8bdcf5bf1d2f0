/** What every node can be told beside its parameters: on error, retry, time limit, notes, disabled. */
import { NumberInput, Select, SimpleGrid, Stack, Switch, Textarea } from '@mantine/core';
import { findNodeType } from '../../../../../contracts/catalogue/index.ts';
import { type GraphNode, type RetryPolicy, retryPolicy } from '../../../../../contracts/graph.ts';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useT } from '../../../i18n/language.ts';
import { useEditorStore } from '../state/editor-store.ts';

export function SettingsForm({ node }: { node: GraphNode }) {
  const t = useT();
  const store = useEditorStore();
  const nodeType = findNodeType(node.type);
  const role = nodeType?.role;
  const canFail = role === 'effect' || role === 'compute' || role === 'control';
  const countsItems = canFail && nodeType?.join !== 'rounds';
  const givesItems = countsItems && nodeType !== undefined && nodeType.outputs(node.parameters).length > 0;
  const change = (part: { [K in keyof GraphNode]?: GraphNode[K] | undefined }, key?: string) =>
    store.getState().changeNode(node.id, part as Partial<GraphNode>, key && `setting:${node.id}:${key}`);
  const setRetry = (part: Partial<RetryPolicy>) =>
    change({ retry: { ...retryPolicy.parse({}), ...node.retry, ...part } }, 'retry');
  const retryNumber = (name: keyof RetryPolicy, label: string, min: number, max: number) => (
    <NumberInput
      label={label}
      data-testid={`setting-retry.${name}`}
      min={min}
      max={max}
      value={node.retry?.[name] ?? ''}
      onChange={(value) =>
        typeof value === 'number' && value >= min && value <= max && setRetry({ [name]: value })
      }
    />
  );
  return (
    <Stack gap="md">
      {canFail && (
        <Select
          label={t(inspectorText.onError)}
          data-testid="setting-onError"
          data={[
            { value: 'stop', label: t(inspectorText.onErrorStop) },
            { value: 'continue', label: t(inspectorText.onErrorContinue) },
            { value: 'errorPort', label: t(inspectorText.onErrorPort) },
          ]}
          allowDeselect={false}
          value={node.onError ?? 'stop'}
          onChange={(value) =>
            change({ onError: value === 'stop' ? undefined : (value as GraphNode['onError']) })
          }
        />
      )}
      {role === 'effect' && (
        <>
          <Switch
            label={t(inspectorText.retry)}
            description={t(inspectorText.retryHelp)}
            data-testid="setting-retry"
            checked={node.retry !== undefined}
            onChange={(event) =>
              change({ retry: event.currentTarget.checked ? retryPolicy.parse({}) : undefined })
            }
          />
          {node.retry && (
            <SimpleGrid cols={2} spacing="sm">
              {retryNumber('maxAttempts', t(inspectorText.maxAttempts), 1, 100)}
              {retryNumber('initialIntervalMs', t(inspectorText.interval), 1, 86_400_000)}
              {retryNumber('backoff', t(inspectorText.backoff), 1, 10)}
              {retryNumber('maxIntervalMs', t(inspectorText.maxInterval), 1, 86_400_000)}
            </SimpleGrid>
          )}
          <NumberInput
            label={t(inspectorText.timeout)}
            data-testid="setting-timeout"
            placeholder={t(inspectorText.byDefault)}
            min={1}
            max={86_400}
            value={node.timeout ?? ''}
            onChange={(value) =>
              change(
                { timeout: typeof value === 'number' && value > 0 ? Math.min(value, 86_400) : undefined },
                'timeout',
              )
            }
          />
        </>
      )}
      {countsItems && (
        <Switch
          label={t(inspectorText.executeOnce)}
          description={t(inspectorText.executeOnceHelp)}
          data-testid="setting-executeOnce"
          checked={node.executeOnce ?? false}
          onChange={(event) => change({ executeOnce: event.currentTarget.checked || undefined })}
        />
      )}
      {givesItems && (
        <Switch
          label={t(inspectorText.alwaysOutputData)}
          description={t(inspectorText.alwaysOutputDataHelp)}
          data-testid="setting-alwaysOutputData"
          checked={node.alwaysOutputData ?? false}
          onChange={(event) => change({ alwaysOutputData: event.currentTarget.checked || undefined })}
        />
      )}
      <Switch
        label={t(inspectorText.disabled)}
        description={t(inspectorText.disabledHelp)}
        data-testid="setting-disabled"
        checked={node.disabled ?? false}
        onChange={(event) => change({ disabled: event.currentTarget.checked || undefined })}
      />
      <Textarea
        label={t(inspectorText.notes)}
        description={t(inspectorText.notesHelp)}
        data-testid="setting-notes"
        autosize
        minRows={3}
        maxLength={10_000}
        value={node.notes ?? ''}
        onChange={(event) => change({ notes: event.currentTarget.value || undefined }, 'notes')}
      />
    </Stack>
  );
}
