/** What the router shows when a page breaks or its code can't be loaded (e.g. after an update of the server). */
import { Button, Code, Stack, Text, Title } from '@mantine/core';
import { useRouteError } from 'react-router';
import { common } from '../i18n/common.ts';
import { useT } from '../i18n/language.ts';

export function RouteError() {
  const t = useT();
  const error = useRouteError();
  return (
    <Stack role="alert" p="xl" maw={640} mx="auto" align="flex-start">
      <Title order={1}>{t(common.brokenPage)}</Title>
      <Text>{t(common.brokenPageNext)}</Text>
      <Code block w="100%">
        {error instanceof Error ? error.message : String(error)}
      </Code>
      <Button onClick={() => window.location.reload()}>{t(common.reload)}</Button>
    </Stack>
  );
}
