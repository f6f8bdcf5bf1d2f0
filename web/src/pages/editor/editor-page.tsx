/** The editor: loads an automation, then hands it to the workbench. */
import { Center, Loader } from '@mantine/core';
import { ReactFlowProvider } from '@xyflow/react';
import { useMemo } from 'react';
import { Navigate, useParams } from 'react-router';
import type { Automation } from '../../../../contracts/api/automations.ts';
import { sharedAutomation, useAutomation } from '../../api/automations.ts';
import { ProblemError } from '../../api/problem-error.ts';
import { useCan } from '../../api/session.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { createSceneStore } from '../../graph/scene.ts';
import { NotFoundPage } from '../not-found-page.tsx';
import { createEditorStore, EditorContext } from './state/editor-store.ts';
import { Workbench } from './workbench.tsx';

export function EditorPage() {
  const { id = '' } = useParams();
  const automation = useAutomation(id);
  // It holds the starts of an agent, and is changed there.
  if (automation.data?.startsAgent) return <Navigate to={`/agents/${automation.data.startsAgent}`} replace />;
  if (automation.data) return <Editor key={id} automation={automation.data} />;
  if (automation.error instanceof ProblemError && automation.error.status === 404) return <NotFoundPage />;
  return (
    <Center flex={1} p="md">
      {automation.error ? <ErrorNotice error={automation.error} onRetry={automation.refetch} /> : <Loader />}
    </Center>
  );
}

function Editor({ automation }: { automation: Automation }) {
  const { id } = automation;
  const mayEdit = useCan('automation.edit', sharedAutomation(automation));
  // Once per automation: what the query fetches later must not replace what is being drawn.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const stores = useMemo(
    () => ({
      editor: createEditorStore(automation, { readOnly: !mayEdit }),
      scene: createSceneStore(),
      automation,
    }),
    [id, mayEdit],
  );
  return (
    <EditorContext value={stores.editor}>
      <ReactFlowProvider>
        <Workbench automation={stores.automation} scene={stores.scene} />
      </ReactFlowProvider>
    </EditorContext>
  );
}
