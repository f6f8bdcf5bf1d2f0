/** Which version of an agent is live, and whether its draft has gone on. */
import { Badge, Text, Tooltip } from '@mantine/core';
import type { AgentSummary } from '../../../../contracts/api/agents.ts';
import { agentsText } from '../../i18n/agents.ts';
import { automationsText } from '../../i18n/automations.ts';
import { useT } from '../../i18n/language.ts';

export function PublishedVersion({
  agent: { publishedVersion, draftChanged },
}: {
  agent: Pick<AgentSummary, 'publishedVersion' | 'draftChanged'>;
}) {
  const t = useT();
  if (publishedVersion === undefined)
    return (
      <Text size="sm" c="dimmed">
        {t(agentsText.notPublished)}
      </Text>
    );
  return (
    <Tooltip label={t(agentsText.draftChanged)} disabled={!draftChanged}>
      <Badge variant="outline" color="gray" tt="none">
        {t(automationsText.versionNumber, { number: publishedVersion })}
        {draftChanged && ' *'}
      </Badge>
    </Tooltip>
  );
}
