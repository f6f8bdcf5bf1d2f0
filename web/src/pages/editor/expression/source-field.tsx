/** A field for JavaScript or JSON. */
import { javascript } from '@codemirror/lang-javascript';
import { json } from '@codemirror/lang-json';
import { Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { CodeEditor } from './code-editor.tsx';
import classes from './expression-field.module.css';

export interface SourceFieldProps {
  language: 'javascript' | 'json';
  value: string;
  onChange(value: string): void;
  label: string;
  testId?: string;
  minLines?: number;
  maxHeight?: string;
  readOnly?: boolean;
}

export function SourceField({
  language,
  value,
  onChange,
  label,
  testId,
  minLines,
  maxHeight = '420px',
  readOnly = false,
}: SourceFieldProps) {
  const [isFocused, setIsFocused] = useState(false);
  const extensions = useMemo(() => [language === 'json' ? json() : javascript()], [language]);
  const error = language === 'json' ? jsonError(value) : undefined;
  return (
    <>
      <div
        className={classes.box}
        data-focused={isFocused || undefined}
        data-error={error !== undefined || undefined}
      >
        <CodeEditor
          value={value}
          onChange={onChange}
          extensions={extensions}
          label={label}
          {...(testId && { testId })}
          minLines={minLines ?? (language === 'javascript' ? 10 : 4)}
          maxHeight={maxHeight}
          readOnly={readOnly}
          lineNumbers={language === 'javascript'}
          onFocus={() => setIsFocused(true)}
          onBlur={() => setIsFocused(false)}
        />
      </div>
      {error && (
        <Text size="xs" c="red" mt={3}>
          {error}
        </Text>
      )}
    </>
  );
}

/** Why the text is not JSON. Text with `{{ }}` is checked once its blocks have values. */
export function jsonError(value: string): string | undefined {
  if (value.trim() === '' || value.includes('{{')) return undefined;
  try {
    JSON.parse(value);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
