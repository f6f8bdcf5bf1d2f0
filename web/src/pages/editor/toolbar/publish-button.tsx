/** Publish: saves first, refuses while there are errors and says which. */
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconRocket } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { GraphProblem } from '../../../../../contracts/validate-graph.ts';
import { automationKeys, publishAutomation } from '../../../api/automations.ts';
import { ProblemError } from '../../../api/problem-error.ts';
import { notifyError } from '../../../components/error-notice.tsx';
import { editorText } from '../../../i18n/editor.ts';
import { useT } from '../../../i18n/language.ts';
import { useEditor, useEditorStore } from '../state/editor-store.ts';

export interface PublishButtonProps {
  problems: readonly GraphProblem[];
  flush(): Promise<boolean>;
}

export function PublishButton({ problems, flush }: PublishButtonProps) {
  const t = useT();
  const store = useEditorStore();
  const client = useQueryClient();
  const [isBusy, setIsBusy] = useState(false);
  const isUpToDate = useEditor(
    (state) => state.publishedVersion !== undefined && !state.draftChanged && state.save.kind === 'saved',
  );
  const publish = async () => {
    const state = store.getState();
    if (problems.some((problem) => problem.severity === 'error')) return state.set({ panel: 'problems' });
    setIsBusy(true);
    try {
      if (!(await flush())) return;
      const { version, webhooks, warnings = [] } = await publishAutomation(state.automation);
      state.set({ publishedVersion: version.number, draftChanged: false });
      notifications.show({
        color: 'green',
        icon: <IconRocket size={18} />,
        title: t(editorText.published, { number: version.number }),
        message:
          webhooks.length > 0
            ? t(editorText.publishedHooks, {
                urls: webhooks.map(({ method, url }) => `${method} ${url}`).join(', '),
              })
            : '',
      });
      for (const { node, nodeName, message } of warnings)
        notifications.show({
          color: 'yellow',
          icon: <IconAlertTriangle size={18} />,
          autoClose: false,
          title: nodeName ?? t(editorText.warning),
          message: t(message),
          ...(node !== undefined && { onClick: () => store.getState().select([node]) }),
        });
      await client.invalidateQueries({ queryKey: automationKeys.versions(state.automation) });
      await client.invalidateQueries({ queryKey: ['automations', 'list'] });
    } catch (error) {
      notifyError(error);
      if (error instanceof ProblemError && error.code === 'invalid-graph')
        store.getState().set({ panel: 'problems' });
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Button
      size="sm"
      variant={isUpToDate ? 'default' : 'filled'}
      leftSection={<IconRocket size={16} />}
      onClick={publish}
      loading={isBusy}
      data-testid="publish"
      data-published={isUpToDate || undefined}
    >
      {t(isUpToDate ? editorText.publishedAlready : editorText.publish)}
    </Button>
  );
}
