/** One agent: its form, and a place to try it beside. */
import { Alert, Box, ScrollArea, Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useParams } from 'react-router';
import type { Agent } from '../../../../contracts/api/agents.ts';
import { sharedAgent, useAgent } from '../../api/agents.ts';
import { useCan } from '../../api/session.ts';
import { ConflictDialog } from '../../components/conflict-dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { agentFormText, agentsText, playgroundText } from '../../i18n/agents.ts';
import { useT } from '../../i18n/language.ts';
import { PendingPage } from '../pending-page.tsx';
import { AgentBar } from './agent-bar.tsx';
import { AgentForm } from './agent-form.tsx';
import classes from './agent-page.module.css';
import { Playground } from './playground/playground.tsx';
import { useAgentEdit } from './use-agent-edit.ts';

export function AgentPage() {
  const { id = '' } = useParams();
  const agent = useAgent(id);
  if (agent.data) return <AgentView key={id} agent={agent.data} />;
  return <PendingPage query={agent} />;
}

function AgentView({ agent }: { agent: Agent }) {
  const t = useT();
  const edit = useAgentEdit(agent);
  const mayEdit = useCan('agent.edit', sharedAgent(agent));
  // Known from the beginning: fields that grow with their text would be measured in a column that is not there.
  const isNarrow = useMediaQuery('(max-width: 62em)', undefined, { getInitialValueInEffect: false });
  const { name } = edit.values;
  useEffect(() => {
    document.title = `${name} · Hiviex`;
  }, [name]);
  const form = (
    <Box p={{ base: 'md', sm: 'lg' }} maw={820} mx="auto">
      <Notices edit={edit} mayEdit={mayEdit} />
      <AgentForm edit={edit} readOnly={!mayEdit} />
    </Box>
  );
  const playground = <Playground edit={edit} mayTryDraft={mayEdit} />;
  return (
    <div className={classes.page}>
      <AgentBar edit={edit} readOnly={!mayEdit} />
      <ConflictDialog
        opened={edit.save.kind === 'conflict'}
        title={t(agentsText.conflictTitle)}
        text={t(agentsText.conflict)}
        keepMine={edit.keepMine}
        takeTheirs={edit.takeTheirs}
      />
      {isNarrow ? (
        <Tabs defaultValue="form" className={classes.tabs} keepMounted>
          <Tabs.List grow>
            <Tabs.Tab value="form">{t(agentFormText.setUp)}</Tabs.Tab>
            <Tabs.Tab value="try" data-testid="try-tab">
              {t(playgroundText.title)}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="form">{form}</Tabs.Panel>
          <Tabs.Panel value="try" className={classes.panel}>
            {playground}
          </Tabs.Panel>
        </Tabs>
      ) : (
        <div className={classes.columns}>
          <ScrollArea className={classes.form}>{form}</ScrollArea>
          <aside className={classes.playground} aria-label={t(playgroundText.title)}>
            {playground}
          </aside>
        </div>
      )}
    </div>
  );
}

function Notices({ edit, mayEdit }: { edit: ReturnType<typeof useAgentEdit>; mayEdit: boolean }) {
  const t = useT();
  const { stored, save } = edit;
  if (!mayEdit)
    return (
      <Alert mb="lg" icon={<IconInfoCircle />} variant="light" color="gray">
        {t(agentsText.readOnly)}
      </Alert>
    );
  if (save.kind === 'failed') return <ErrorNotice error={save.problem} />;
  if (stored.problems.length === 0) return null;
  const isBlocking = stored.problems.some(({ severity }) => severity === 'error');
  return (
    <Alert
      mb="lg"
      icon={<IconAlertTriangle />}
      color={isBlocking ? 'red' : 'yellow'}
      variant="light"
      title={t(isBlocking ? agentsText.problems : agentsText.warnings)}
      data-testid="agent-problems"
    >
      {stored.problems.map(({ code, field, message }) => (
        <div key={code + field}>{t(message)}</div>
      ))}
    </Alert>
  );
}
