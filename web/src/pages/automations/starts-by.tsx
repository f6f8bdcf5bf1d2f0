/** Icons of what starts an automation: three at most, then how many there are besides. */
import { Group, Text, Tooltip } from '@mantine/core';
import { findNodeType } from '../../../../contracts/catalogue/index.ts';
import { NodeIcon } from '../../components/node-icon.tsx';
import { useT } from '../../i18n/language.ts';

const most = 3;

export function StartsBy({ triggers }: { triggers: readonly string[] }) {
  const t = useT();
  const types = [...new Set(triggers)];
  const shown = types.length > most ? types.slice(0, most - 1) : types;
  const rest = types.slice(shown.length);
  const nameOf = (type: string) => t(findNodeType(type)?.label ?? { en: type, pt: type });
  return (
    <Group gap={6} wrap="nowrap">
      {shown.map((type) => (
        <Tooltip key={type} label={nameOf(type)}>
          <span>
            <NodeIcon type={type} size={26} />
          </span>
        </Tooltip>
      ))}
      {rest.length > 0 && (
        <Tooltip label={rest.map(nameOf).join(', ')} maw={260}>
          <Text size="sm" c="dimmed">
            +{rest.length}
          </Text>
        </Tooltip>
      )}
    </Group>
  );
}
