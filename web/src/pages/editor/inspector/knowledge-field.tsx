/** Chooses a knowledge base of the workspace. */
import { useKnowledgeChoices } from '../../../api/knowledge-search.ts';
import { knowledgeSearchText } from '../../../i18n/knowledge-search.ts';
import { useT } from '../../../i18n/language.ts';
import { ChoiceField, type ChosenField } from './choice-field.tsx';

export function KnowledgeField(field: ChosenField) {
  const t = useT();
  const bases = useKnowledgeChoices();
  return (
    <ChoiceField
      {...field}
      choices={bases.data?.items.map(({ id, name }) => ({ value: id, label: name }))}
      placeholder={t(knowledgeSearchText.pickBase)}
      onOpen={() => void bases.refetch()}
    />
  );
}
