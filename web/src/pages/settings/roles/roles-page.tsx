/** What each role may, as the policy itself says it. */
import { Badge, Card, Group, Stack, Table, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconMinus, IconShare } from '@tabler/icons-react';
import { type Action, actionNames, ruleOf } from '../../../../../contracts/access/actions.ts';
import { grantLevelTexts, type Role, roles, roleTexts } from '../../../../../contracts/access/roles.ts';
import { useAccount } from '../../../api/session.ts';
import { Page } from '../../../components/page.tsx';
import { actionTexts, rolesText } from '../../../i18n/access.ts';
import { useT } from '../../../i18n/language.ts';
import classes from './roles-page.module.css';

export function RolesPage() {
  const t = useT();
  const own = useAccount().data?.workspace?.role;
  return (
    <Page title={t(rolesText.title)} description={t(rolesText.description)}>
      <Group gap="lg" mb="sm" fz="sm" c="dimmed" className={classes.legend}>
        <span>
          <IconCheck aria-hidden size={17} className={classes.may} /> {t(rolesText.legendMay)}
        </span>
        <span>
          <IconShare aria-hidden size={15} className={classes.shared} /> {t(rolesText.legendShared)}
        </span>
        <span>
          <IconMinus aria-hidden size={15} className={classes.mayNot} /> {t(rolesText.legendMayNot)}
        </span>
      </Group>
      <Card p={0} withBorder>
        <Table.ScrollContainer minWidth={760} type="native">
          <Table verticalSpacing={6} horizontalSpacing="xs" highlightOnHover className={classes.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t(rolesText.action)}</Table.Th>
                {roles.map((role) => (
                  <Table.Th key={role} w={92} className={classes.role}>
                    <Tooltip label={t(roleTexts[role].about)}>
                      <Stack gap={2} align="center">
                        {t(roleTexts[role].name)}
                        {role === own && (
                          <Badge size="xs" variant="light" tt="none">
                            {t(rolesText.yours)}
                          </Badge>
                        )}
                      </Stack>
                    </Tooltip>
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {actionNames.map((action) => (
                <ActionRow key={action} action={action} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Card>
    </Page>
  );
}

function ActionRow({ action }: { action: Action }) {
  const t = useT();
  const rule = ruleOf(action);
  const shared = rule.grant && t(rolesText.byGrant, { level: t(grantLevelTexts[rule.grant[1]]) });
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm">{t(actionTexts[action])}</Text>
      </Table.Td>
      {roles.map((role) => (
        <Table.Td key={role} className={classes.role}>
          <Verdict role={role} may={rule.roles.includes(role)} shared={shared} />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

function Verdict({ role, may, shared }: { role: Role; may: boolean; shared: string | undefined }) {
  const t = useT();
  const name = t(roleTexts[role].name);
  if (may)
    return (
      <>
        <IconCheck aria-hidden size={17} className={classes.may} />
        <VisuallyHidden>{t(rolesText.may, { role: name })}</VisuallyHidden>
      </>
    );
  if (shared)
    return (
      <Tooltip label={shared}>
        <span>
          <IconShare aria-hidden size={15} className={classes.shared} />
          <VisuallyHidden>{shared}</VisuallyHidden>
        </span>
      </Tooltip>
    );
  return (
    <>
      <IconMinus aria-hidden size={15} className={classes.mayNot} />
      <VisuallyHidden>{t(rolesText.mayNot, { role: name })}</VisuallyHidden>
    </>
  );
}
