/** Published versions: look at one, or bring it back into the draft. */
import { Button, Group, Modal } from '@mantine/core';
import type { VersionSummary } from '../../../../../contracts/api/automations.ts';
import {
  getVersion,
  noteVersion,
  publishVersion,
  useAutomationChange,
  useVersion,
  useVersions,
} from '../../../api/automations.ts';
import { useConfirm } from '../../../components/confirm.tsx';
import { ErrorNotice, notifyDone, notifyError } from '../../../components/error-notice.tsx';
import { GraphDiffView } from '../../../components/graph-diff-view.tsx';
import { VersionsDrawer } from '../../../components/versions/versions-drawer.tsx';
import { GraphView } from '../../../graph/graph-view.tsx';
import { automationsText } from '../../../i18n/automations.ts';
import { editorText } from '../../../i18n/editor.ts';
import { useT } from '../../../i18n/language.ts';
import { versionsText } from '../../../i18n/versions.ts';
import { downloadText } from '../../../lib/download-text.ts';
import { useEditorStore, useGraph, useReadOnly } from '../state/editor-store.ts';

export interface AutomationVersionsDrawerProps {
  automation: string;
  /** May publish, and so say what a version is about. */
  mayPublish: boolean;
  opened: boolean;
  onClose(): void;
}

export function AutomationVersionsDrawer(props: AutomationVersionsDrawerProps) {
  const { automation, mayPublish, opened, onClose } = props;
  const versions = useVersions(automation, opened);
  const draft = useGraph();
  const note = useAutomationChange(({ version, text }: { version: string; text: string }) =>
    noteVersion(automation, version, text),
  );
  return (
    <VersionsDrawer
      versions={versions}
      draft={draft}
      load={async (version) => (await getVersion(automation, version)).graph}
      onNote={
        mayPublish
          ? (version, text) => note.mutate({ version: version.id, text }, { onError: notifyError })
          : undefined
      }
      opened={opened}
      onClose={onClose}
      diff={(before, after) => (
        <GraphDiffView
          before={{ title: before.title, graph: before.content }}
          after={{ title: after.title, graph: after.content }}
        />
      )}
    >
      {(version, close) => (
        <VersionDialog
          automation={automation}
          mayPublish={mayPublish}
          version={version}
          onClose={close}
          onRestored={() => {
            close();
            onClose();
          }}
        />
      )}
    </VersionsDrawer>
  );
}

interface VersionDialogProps {
  automation: string;
  mayPublish: boolean;
  version: VersionSummary;
  onClose(): void;
  onRestored(): void;
}

function VersionDialog({ automation, mayPublish, version, onClose, onRestored }: VersionDialogProps) {
  const t = useT();
  const store = useEditorStore();
  const readOnly = useReadOnly();
  const { data, error } = useVersion(automation, version.id);
  const publish = useAutomationChange(() => publishVersion(automation, version.id));
  const [ask, dialog] = useConfirm();
  const restore = () => {
    if (!data) return;
    store.getState().load({ name: store.getState().history.present.name, graph: data.graph }, true);
    notifyDone(t(editorText.restored, { number: version.number }));
    onRestored();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="80%"
      title={t(automationsText.versionNumber, { number: version.number })}
    >
      <div
        style={{
          height: '60vh',
          border: '1px solid var(--mantine-color-default-border)',
          borderRadius: 8,
          overflow: 'hidden',
        }}
      >
        {error && <ErrorNotice error={error} />}
        {data && <GraphView graph={data.graph} />}
      </div>
      <Group justify="flex-end" mt="md">
        <Button
          variant="default"
          disabled={!data}
          onClick={() =>
            data && downloadText(`version-${version.number}.json`, JSON.stringify(data.graph, null, 2))
          }
        >
          {t(versionsText.exportJson)}
        </Button>
        {mayPublish && !version.published && (
          <Button
            variant="light"
            loading={publish.isPending}
            data-testid="publish-version"
            onClick={() =>
              ask({
                title: t(versionsText.publishAgainTitle, { number: version.number }),
                text: t(versionsText.publishAgainText),
                action: t(versionsText.publishAgain),
                onYes: () =>
                  publish.mutate(undefined, {
                    onSuccess: (made) => {
                      notifyDone(t(versionsText.publishedAgain, { number: made.version.number }));
                      onClose();
                    },
                    onError: notifyError,
                  }),
              })
            }
          >
            {t(versionsText.publishAgain)}
          </Button>
        )}
        {!readOnly && (
          <Button onClick={restore} disabled={!data} data-testid="restore-version">
            {t(editorText.restore)}
          </Button>
        )}
      </Group>
      {dialog}
    </Modal>
  );
}
