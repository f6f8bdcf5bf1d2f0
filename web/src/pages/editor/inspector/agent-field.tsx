/** Chooses an agent of the workspace; one that is not published says so. */
import { useAgentChoices } from '../../../api/agents.ts';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useT } from '../../../i18n/language.ts';
import { ChoiceField, type ChosenField } from './choice-field.tsx';

export function AgentField(field: ChosenField) {
  const t = useT();
  const agents = useAgentChoices();
  const choices = agents.data?.items.map(({ id, name, publishedVersion }) => ({
    value: id,
    label: publishedVersion === undefined ? `${name} (${t(inspectorText.agentUnpublished)})` : name,
  }));
  return (
    <ChoiceField
      {...field}
      choices={choices}
      placeholder={t(inspectorText.pickAgent)}
      onOpen={() => void agents.refetch()}
    />
  );
}
