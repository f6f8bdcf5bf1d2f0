/** Signing in with an account one has elsewhere. */
import { Alert, Button, Stack } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBrandGithub,
  IconBrandGoogle,
  IconBrandWindows,
  IconLogin2,
  type TablerIcon,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { Instance } from '../../../../contracts/api/account.ts';
import { signInWith } from '../../api/session.ts';
import { useT } from '../../i18n/language.ts';
import { sessionText } from '../../i18n/session.ts';
import { withWayBack } from '../../lib/way-back.ts';

type Provider = Instance['providers'][number];

const icons: Record<string, TablerIcon> = {
  google: IconBrandGoogle,
  github: IconBrandGithub,
  microsoft: IconBrandWindows,
  'microsoft-entra-id': IconBrandWindows,
};

/** @param to where the person was going */
export function ProviderButtons({ providers, to }: { providers: readonly Provider[]; to: string }) {
  const t = useT();
  // The step for a second factor sends those on at once who owe none.
  const begin = useMutation({
    mutationFn: ({ id }: Provider) => signInWith(id, withWayBack('/sign-in/second-factor', to)),
  });
  if (providers.length === 0) return null;
  return (
    <Stack gap="xs">
      {begin.error && (
        <Alert
          role="alert"
          color="red"
          variant="light"
          icon={<IconAlertTriangle />}
          title={t(sessionText.providerFailed, { name: begin.variables?.name ?? '' })}
        >
          {t(sessionText.providerFailedNext)}
        </Alert>
      )}
      {providers.map((provider) => {
        const Icon = icons[provider.id] ?? IconLogin2;
        return (
          <Button
            key={provider.id}
            variant="default"
            size="md"
            leftSection={<Icon size={18} stroke={1.7} />}
            // The page is on its way elsewhere once this has succeeded.
            loading={(begin.isPending || begin.isSuccess) && begin.variables?.id === provider.id}
            onClick={() => begin.mutate(provider)}
            data-testid={`provider-${provider.id}`}
          >
            {t(sessionText.continueWith, { name: provider.name })}
          </Button>
        );
      })}
    </Stack>
  );
}
