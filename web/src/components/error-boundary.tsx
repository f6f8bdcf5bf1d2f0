/** Catches what breaks while a page draws, so that the shell around it lives on. */
import { Button, Code, Stack, Text, Title } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { common } from '../i18n/common.ts';
import { t } from '../i18n/language.ts';

interface Props {
  children: ReactNode;
}
interface State {
  error: Error | undefined;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Stack role="alert" p="xl" maw={640} mx="auto" align="flex-start">
        <Title order={1}>{t(common.brokenPage)}</Title>
        <Text>{t(common.brokenPageNext)}</Text>
        <Code block w="100%">
          {error.message}
        </Code>
        <Button onClick={() => window.location.reload()}>{t(common.reload)}</Button>
      </Stack>
    );
  }
}
