/** What is wrong with the draft; a click leads to the node and field. */
import { Drawer, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconAlertTriangleFilled, IconCircleCheckFilled } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import type { GraphProblem } from '../../../../../contracts/validate-graph.ts';
import { editorText } from '../../../i18n/editor.ts';
import { useT } from '../../../i18n/language.ts';
import { parameterPath } from '../inspector/form-values.ts';
import { useEditorStore } from '../state/editor-store.ts';

export interface ProblemsDrawerProps {
  problems: readonly GraphProblem[];
  opened: boolean;
  onClose(): void;
}

export function ProblemsDrawer({ problems, opened, onClose }: ProblemsDrawerProps) {
  const t = useT();
  const store = useEditorStore();
  const { fitView } = useReactFlow();
  const show = (problem: GraphProblem) => {
    if (problem.code === 'graph.timezone') return store.getState().set({ panel: 'settings' });
    if (!problem.node) return;
    store.getState().select([problem.node]);
    store.getState().set({ panel: undefined, focusField: parameterPath(problem.field) });
    void fitView({ nodes: [{ id: problem.node }], duration: 250, maxZoom: 1, padding: 0.6 });
  };
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      title={t(editorText.problems)}
      size={380}
      returnFocus={false}
    >
      <Stack gap={6} data-testid="problems">
        {problems.length > 0 ? (
          <Text size="sm" c="dimmed" mb="xs">
            {t(editorText.problemsFirst)}
          </Text>
        ) : (
          <Group gap="xs">
            <IconCircleCheckFilled size={18} color="var(--mantine-color-green-text)" />
            <Text size="sm">{t(editorText.noProblems)}</Text>
          </Group>
        )}
        {problems.map((problem) => (
          <UnstyledButton
            key={`${problem.code}${problem.node}${problem.field}${problem.edge}${problem.message.en}`}
            p="xs"
            bdrs="md"
            bd="1px solid var(--mantine-color-default-border)"
            data-testid="problem"
            onClick={() => show(problem)}
          >
            <Group gap="sm" wrap="nowrap" align="flex-start">
              <IconAlertTriangleFilled
                size={16}
                style={{ flex: 'none', marginTop: 3 }}
                color={`var(--mantine-color-${problem.severity === 'error' ? 'red' : 'yellow'}-text)`}
              />
              <div>
                <Text size="sm">{t(problem.message)}</Text>
                <Text size="xs" c="dimmed">
                  {[problem.nodeName, parameterPath(problem.field)].filter(Boolean).join(' · ')}
                </Text>
              </div>
            </Group>
          </UnstyledButton>
        ))}
      </Stack>
    </Drawer>
  );
}
