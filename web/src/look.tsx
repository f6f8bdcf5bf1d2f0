/** The theme, colours and language of everything on the screen: what a closing cross is called depends on the language. */
import { MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { cssVariables } from './css-variables.ts';
import { common } from './i18n/common.ts';
import { useT } from './i18n/language.ts';
import { styleNonce } from './lib/style-nonce.ts';
import { theme } from './theme.ts';

export function Look({ children }: { children: ReactNode }) {
  const t = useT();
  const spoken = useMemo(
    () =>
      mergeThemeOverrides(theme, {
        components: { CloseButton: { defaultProps: { 'aria-label': t(common.close) } } },
      }),
    [t],
  );
  return (
    <MantineProvider
      theme={spoken}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      {children}
    </MantineProvider>
  );
}
