import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Page } from '../components/page.tsx';
import { TeachingEmpty } from '../components/teaching-empty.tsx';
import { common } from '../i18n/common.ts';
import { useT } from '../i18n/language.ts';

export function NotFoundPage() {
  const t = useT();
  return (
    <Page title={t(common.notFoundTitle)}>
      <TeachingEmpty
        icon={<IconMapOff />}
        title={t(common.notFound)}
        actions={
          <Button component={Link} to="/">
            {t(common.goHome)}
          </Button>
        }
      >
        {t(common.notFoundNext)}
      </TeachingEmpty>
    </Page>
  );
}
