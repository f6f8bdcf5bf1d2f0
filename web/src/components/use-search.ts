/** What is typed into a search, and what of it the server is asked for: not every letter. */
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';

export interface Search {
  /** Of a `SearchField`. */
  field: { value: string; onChange(typed: string): void };
  /** Without the blanks around it, once typing rests. */
  settled: string;
}

export function useSearch(): Search {
  const [value, onChange] = useState('');
  const [settled] = useDebouncedValue(value.trim(), 250);
  return { field: { value, onChange }, settled };
}
