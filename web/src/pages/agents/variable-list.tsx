/** What stands for `{{name}}` in the instructions. */
import { ActionIcon, Button, Group, Input, Stack, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { AgentVariable } from '../../../../contracts/agents/agent.ts';
import { agentFormText } from '../../i18n/agents.ts';
import { useT } from '../../i18n/language.ts';
import type { SectionProps } from './section-props.ts';

export function VariableList({ draft: { variables }, errors, changeDraft }: SectionProps) {
  const t = useT();
  const put = (position: number, change: Partial<AgentVariable>) =>
    changeDraft({
      variables: variables.map((variable, at) => (at === position ? { ...variable, ...change } : variable)),
    });
  const add = () => {
    const taken = new Set(variables.map(({ name }) => name));
    let number = variables.length + 1;
    while (taken.has(`variable${number}`)) number += 1;
    changeDraft({ variables: [...variables, { name: `variable${number}`, description: '', value: '' }] });
  };
  return (
    <Input.Wrapper
      label={t(agentFormText.variables)}
      description={t(agentFormText.variablesHelp)}
      labelElement="div"
    >
      <Stack gap="xs" mt={6}>
        {variables.map(({ name, value }, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a variable has no identity but its place while its name is typed
          <Group key={position} gap="xs" align="flex-start" wrap="nowrap">
            <TextInput
              aria-label={t(agentFormText.name)}
              value={name}
              onChange={(event) => put(position, { name: event.currentTarget.value })}
              error={errors.get(`variables.${position}.name`)}
              w={{ base: 110, sm: 170 }}
              style={{ flexShrink: 0 }}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            />
            <Textarea
              aria-label={t(agentFormText.value)}
              placeholder={t(agentFormText.value)}
              value={value}
              onChange={(event) => put(position, { value: event.currentTarget.value })}
              error={errors.get(`variables.${position}.value`)}
              autosize
              maxRows={6}
              style={{ flex: 1 }}
            />
            <ActionIcon
              size="lg"
              aria-label={t(agentFormText.remove)}
              onClick={() => changeDraft({ variables: variables.filter((_, at) => at !== position) })}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={add}
          style={{ alignSelf: 'flex-start' }}
        >
          {t(agentFormText.addVariable)}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
