/** Where a knowledge tool looks, and how much it gives. */
import { MultiSelect, NumberInput } from '@mantine/core';
import type { KnowledgeTool } from '../../../../../contracts/agents/tool.ts';
import { useKnowledgeChoices } from '../../../api/knowledge-search.ts';
import { knowledgeSearchText } from '../../../i18n/knowledge-search.ts';
import { useT } from '../../../i18n/language.ts';
import type { ToolFormProps } from './tool-form-props.ts';

export function KnowledgeFields({
  tool,
  onChange,
  errorOf,
}: Omit<ToolFormProps, 'tool'> & { tool: KnowledgeTool }) {
  const t = useT();
  const choices = useKnowledgeChoices();
  const listed = (choices.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  // Not theirs to see, or not on the list: it stays until they take it away.
  const unlisted = tool.bases.filter((id) => !listed.some(({ value }) => value === id));
  return (
    <>
      <MultiSelect
        label={t(knowledgeSearchText.bases)}
        description={t(knowledgeSearchText.basesHelp)}
        placeholder={tool.bases.length === 0 ? t(knowledgeSearchText.pickBase) : undefined}
        data={[...listed, ...unlisted.map((id) => ({ value: id, label: id }))]}
        value={tool.bases}
        onChange={(bases) => onChange({ ...tool, bases })}
        onDropdownOpen={() => void choices.refetch()}
        error={errorOf('bases')}
        searchable
        data-testid="tool-bases"
      />
      <NumberInput
        label={t(knowledgeSearchText.topK)}
        placeholder={t(knowledgeSearchText.asBase)}
        value={tool.topK ?? ''}
        onChange={(value) => onChange({ ...tool, topK: typeof value === 'number' ? value : undefined })}
        min={1}
        max={50}
        w={220}
      />
    </>
  );
}
