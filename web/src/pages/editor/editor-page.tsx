/** The editor: loads an automation, then hands it to the workbench. */
import { ReactFlowProvider } from '@xyflow/react';
import { useMemo } from 'react';
import { Navigate, useParams } from 'react-router';
import type { Automation } from '../../../../contracts/api/automations.ts';
import { sharedAutomation, useAutomation } from '../../api/automations.ts';
import { useCan } from '../../api/session.ts';
import { createSceneStore } from '../../graph/scene.ts';
import { PendingPage } from '../pending-page.tsx';
import { createEditorStore, EditorContext } from './state/editor-store.ts';
import { Workbench } from './workbench.tsx';

export function EditorPage() {
  const { id = '' } = useParams();
  const automation = useAutomation(id);
  // It holds the starts of an agent, and is changed there.
  if (automation.data?.startsAgent) return <Navigate to={`/agents/${automation.data.startsAgent}`} replace />;
  if (automation.data) return <Editor key={id} automation={automation.data} />;
  return <PendingPage query={automation} />;
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
