/** Ctrl-K: jump to an automation, an agent, a page, an action. */

import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconBolt, IconPlus, IconRobot, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useAgents } from '../api/agents.ts';
import { useAutomations } from '../api/automations.ts';
import { useAccount, useCan } from '../api/session.ts';
import { agentsText } from '../i18n/agents.ts';
import { useT } from '../i18n/language.ts';
import { shellText } from '../i18n/shell.ts';
import { useCreateAgent } from '../pages/agents/use-create-agent.ts';
import { useCreateAutomation } from '../pages/automations/use-create-automation.ts';
import { settingsSections } from '../pages/settings/sections.ts';
import { destinations } from './destinations.ts';

export function CommandSearch() {
  const t = useT();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  // The server searches: there may be more of both than a list holds.
  const [settled] = useDebouncedValue(query.trim(), 200);
  const automations = useAutomations(settled);
  const agents = useAgents(settled);
  const create = useCreateAutomation();
  const createAgent = useCreateAgent();
  const mayCreateAgent = useCan('agent.create');
  const mayCreate = useCan('automation.create');
  const pages: SpotlightActionData[] = destinations.map(({ to, label, icon: Icon }) => ({
    id: to,
    label: t(label),
    onClick: () => void navigate(to),
    leftSection: <Icon size={20} stroke={1.6} />,
  }));
  const may: readonly string[] = useAccount().data?.actions ?? [];
  const settings: SpotlightActionData[] = settingsSections
    .filter(({ needs }) => may.includes(needs))
    .map(({ path, label, icon: Icon }) => ({
      id: `settings-${path}`,
      label: t(label),
      description: t(shellText.settings),
      onClick: () => void navigate(`/settings/${path}`),
      leftSection: <Icon size={20} stroke={1.6} />,
    }));
  const found: SpotlightActionData[] = (automations.data ?? []).map((automation) => ({
    id: automation.id,
    label: automation.name,
    description: automation.description,
    onClick: () => void navigate(`/automations/${automation.id}`),
    leftSection: <IconBolt size={20} stroke={1.6} />,
  }));
  const foundAgents: SpotlightActionData[] = (agents.data ?? []).map(({ id, name, description }) => ({
    id: `agent-${id}`,
    label: name,
    description,
    onClick: () => void navigate(`/agents/${id}`),
    leftSection: <IconRobot size={20} stroke={1.6} />,
  }));
  const plus = <IconPlus size={20} stroke={1.6} />;
  const newAutomation: SpotlightActionData = {
    ...{ id: 'new-automation', label: t(shellText.newAutomation), leftSection: plus },
    onClick: () => create.mutate({}),
  };
  const newAgent: SpotlightActionData = {
    ...{ id: 'new-agent', label: t(agentsText.new), leftSection: plus },
    onClick: () => createAgent.mutate({ kind: 'blank' }),
  };
  const actions: SpotlightActionGroupData[] = [
    {
      group: t(shellText.actions),
      actions: [...(mayCreate ? [newAutomation] : []), ...(mayCreateAgent ? [newAgent] : [])],
    },
    { group: t(shellText.pages), actions: [...pages, ...settings] },
    { group: t(shellText.automations), actions: found },
    { group: t(agentsText.title), actions: foundAgents },
  ];
  return (
    <Spotlight
      query={query}
      onQueryChange={setQuery}
      actions={actions}
      shortcut={['mod + K']}
      nothingFound={t(shellText.nothingFound)}
      highlightQuery
      limit={12}
      scrollable
      maxHeight={420}
      searchProps={{ leftSection: <IconSearch size={20} />, placeholder: t(shellText.searchPlaceholder) }}
    />
  );
}
