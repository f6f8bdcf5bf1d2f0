/** Markdown, whose code (math, colours of code) is loaded with the first text that is shown; until then the text stands as it is. */
import { Text } from '@mantine/core';
import { lazy, Suspense, useDeferredValue } from 'react';

const Markdown = lazy(async () => ({ default: (await import('./markdown.tsx')).Markdown }));

export function LazyMarkdown({ text }: { text: string }) {
  // A long answer that grows is drawn as often as there is time for it, and never keeps the keyboard waiting.
  const settled = useDeferredValue(text);
  return (
    <Suspense
      fallback={
        <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} lh={1.6}>
          {text}
        </Text>
      }
    >
      <Markdown text={settled} />
    </Suspense>
  );
}
