/** Everything of an agent that can be set, section by section: who it is, what answers, what it may do, and how far. */
import { Select, SimpleGrid, Stack, TagsInput, Textarea } from '@mantine/core';
import { useMemo } from 'react';
import { agentVisibility } from '../../../../contracts/agents/agent.ts';
import { whileBusy } from '../../../../contracts/chat/conversation.ts';
import { sharedAgent } from '../../api/agents.ts';
import { useCan } from '../../api/session.ts';
import { Section } from '../../components/section.tsx';
import { startText } from '../../i18n/agent-starts.ts';
import { agentFormText, toolsText, visibilityText, whileBusyText } from '../../i18n/agents.ts';
import { useT } from '../../i18n/language.ts';
import { AvatarField } from './avatar-field.tsx';
import { LimitsFields } from './limits-fields.tsx';
import { ModelSection } from './model-section.tsx';
import { OutputSection } from './output-section.tsx';
import type { SectionProps } from './section-props.ts';
import { StartList } from './starts/start-list.tsx';
import { ToolList } from './tools/tool-list.tsx';
import type { AgentEdit } from './use-agent-edit.ts';
import { VariableList } from './variable-list.tsx';

export function AgentForm({ edit, readOnly }: { edit: AgentEdit; readOnly: boolean }) {
  const t = useT();
  const { values, stored, changeDraft, change } = edit;
  // What the server found is said beside its field, too.
  const errors = useMemo(
    () =>
      new Map([
        ...stored.problems
          .filter(({ severity }) => severity === 'error')
          .map(({ field, message }) => [field, t(message)] as const),
        ...edit.errors,
      ]),
    [stored.problems, edit.errors, t],
  );
  const { draft } = values;
  const section: SectionProps = { draft, errors, changeDraft };
  const mayShare = useCan('agent.share', sharedAgent(edit.stored));
  return (
    // A fieldset that is off turns off every field in it.
    <fieldset disabled={readOnly} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      <Stack gap="xl">
        <Section title={t(agentFormText.instructions)} help={t(agentFormText.instructionsHelp)}>
          <Stack>
            <Textarea
              aria-label={t(agentFormText.instructions)}
              placeholder={t(agentFormText.instructionsPlaceholder)}
              value={draft.instructions}
              onChange={(event) => changeDraft({ instructions: event.currentTarget.value })}
              error={errors.get('instructions')}
              autosize
              minRows={6}
              maxRows={24}
              data-testid="agent-instructions"
            />
            <VariableList {...section} />
          </Stack>
        </Section>
        <Section title={t(toolsText.title)} help={t(toolsText.help)} bare>
          <ToolList {...section} self={edit.stored.id} />
        </Section>
        <Section title={t(startText.title)} help={t(startText.help)} bare>
          <StartList {...section} agent={edit.stored.id} readOnly={readOnly} />
        </Section>
        <ModelSection {...section} />
        <OutputSection {...section} readOnly={readOnly} />
        <Section title={t(agentFormText.about)}>
          <Stack>
            <AvatarField
              name={values.name}
              avatar={values.avatar}
              onChange={(avatar) => change({ avatar })}
              disabled={readOnly}
            />
            <Textarea
              label={t(agentFormText.descriptionLabel)}
              value={values.description}
              onChange={(event) => change({ description: event.currentTarget.value })}
              maxLength={2_000}
              autosize
              minRows={2}
            />
            <TagsInput
              label={t(agentFormText.starters)}
              description={t(agentFormText.startersHelp)}
              value={draft.starters}
              onChange={(starters) => changeDraft({ starters })}
              maxTags={12}
              splitChars={[]}
              error={errors.get('starters')}
              data-testid="agent-starters"
            />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <Select
                label={t(agentFormText.visibility)}
                data={agentVisibility.options.map((value) => ({ value, label: t(visibilityText[value]) }))}
                value={values.visibility}
                onChange={(value) => change({ visibility: agentVisibility.parse(value) })}
                disabled={!mayShare}
                allowDeselect={false}
                data-testid="agent-visibility"
              />
              <Select
                label={t(agentFormText.whileBusy)}
                data={whileBusy.options.map((value) => ({ value, label: t(whileBusyText[value]) }))}
                value={draft.whileBusy}
                onChange={(value) => changeDraft({ whileBusy: whileBusy.parse(value) })}
                allowDeselect={false}
              />
            </SimpleGrid>
          </Stack>
        </Section>
        <Section title={t(agentFormText.limits)} help={t(agentFormText.limitsHelp)}>
          <LimitsFields {...section} />
        </Section>
      </Stack>
    </fieldset>
  );
}
