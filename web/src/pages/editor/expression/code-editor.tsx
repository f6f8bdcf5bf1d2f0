/** CodeMirror in the colours of the theme. Its text is reachable by test id, and grows with its content. */

import { useComputedColorScheme } from '@mantine/core';
import CodeMirror, { EditorView, type Extension, Prec, type ReactCodeMirrorRef } from '@uiw/react-codemirror';
import { type Ref, useMemo } from 'react';
import { styleNonce } from '../../../lib/style-nonce.ts';

export interface CodeEditorProps {
  value: string;
  onChange(value: string): void;
  extensions?: Extension[];
  label: string;
  testId?: string;
  placeholder?: string | undefined;
  minLines?: number;
  maxHeight?: string;
  autoFocus?: boolean;
  lineNumbers?: boolean;
  readOnly?: boolean;
  onFocus?(): void;
  onBlur?(): void;
  ref?: Ref<ReactCodeMirrorRef>;
}

const look = EditorView.theme({
  '&': { fontSize: '13px', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.5' },
  '.cm-content': { padding: '6px 0' },
  '.cm-gutters': { backgroundColor: 'transparent', border: 'none', color: 'var(--mantine-color-dimmed)' },
  '.cm-tooltip': {
    border: '1px solid var(--mantine-color-default-border)',
    borderRadius: '8px',
    backgroundColor: 'var(--mantine-color-body)',
    overflow: 'hidden',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--mantine-primary-color-filled)',
    color: '#fff',
  },
  '.hx-block': {
    borderRadius: '3px',
    backgroundColor: 'color-mix(in srgb, var(--mantine-primary-color-filled) 14%, transparent)',
    color: 'var(--mantine-primary-color-light-color)',
  },
  '.hx-brace': { opacity: '0.6' },
});

export function CodeEditor({
  value,
  onChange,
  extensions = [],
  label,
  testId,
  minLines = 1,
  maxHeight = '260px',
  lineNumbers = false,
  ...rest
}: CodeEditorProps) {
  const scheme = useComputedColorScheme();
  const all = useMemo(
    () => [
      Prec.highest(look),
      EditorView.cspNonce.of(styleNonce),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': label, ...(testId && { 'data-testid': testId }) }),
      ...extensions,
    ],
    [extensions, label, testId],
  );
  return (
    <CodeMirror
      value={value}
      onChange={onChange}
      extensions={all}
      theme={scheme}
      minHeight={`${minLines * 19.5 + 14}px`}
      maxHeight={maxHeight}
      // Tab goes to the next field; only code is indented with it (Esc leaves it then).
      indentWithTab={lineNumbers}
      basicSetup={{
        lineNumbers,
        foldGutter: false,
        highlightActiveLine: false,
        highlightActiveLineGutter: false,
        autocompletion: false,
        searchKeymap: false,
        bracketMatching: lineNumbers,
      }}
      {...rest}
      // Who typed the first braces goes on behind them: a fresh editor has its caret before the text.
      onCreateEditor={(view) =>
        rest.autoFocus && view.dispatch({ selection: { anchor: view.state.doc.length } })
      }
    />
  );
}
