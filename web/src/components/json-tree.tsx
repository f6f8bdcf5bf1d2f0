/** JSON as a tree. Fields can be dragged when `onDragField` says what a path means. Long lists are cut until asked for. */
import { Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import type { JsonValue } from '../../../contracts/json.ts';
import { useT } from '../i18n/language.ts';
import { runsText } from '../i18n/runs.ts';
import classes from './json-tree.module.css';

export type JsonPathKeys = readonly (string | number)[];

export interface JsonTreeProps {
  value: JsonValue;
  onDragField?: ((event: DragEvent, path: JsonPathKeys) => void) | undefined;
}

const firstEntries = 50;
const openDepth = 2;

export function JsonTree({ value, onDragField }: JsonTreeProps) {
  if (typeof value !== 'object' || value === null) return <Leaf value={value} />;
  return <Entries value={value} path={[]} onDragField={onDragField} />;
}

interface BranchProps extends JsonTreeProps {
  path: JsonPathKeys;
}

function Entries({ value, path, onDragField }: BranchProps & { value: object }) {
  const t = useT();
  const [all, setAll] = useState(false);
  const entries: [string | number, JsonValue][] = Array.isArray(value)
    ? value.map((entry, index) => [index, entry])
    : Object.entries(value as Record<string, JsonValue>);
  const shown = all ? entries : entries.slice(0, firstEntries);
  return (
    <ul className={classes.list}>
      {shown.map(([key, entry]) => (
        <Row key={key} name={key} value={entry} path={[...path, key]} onDragField={onDragField} />
      ))}
      {shown.length < entries.length && (
        <li>
          <UnstyledButton onClick={() => setAll(true)}>
            <Text size="xs" c="dimmed" td="underline">
              {t(runsText.showAll)} ({entries.length})
            </Text>
          </UnstyledButton>
        </li>
      )}
    </ul>
  );
}

function Row({ name, value, path, onDragField }: BranchProps & { name: string | number }) {
  const isBranch = typeof value === 'object' && value !== null;
  const [open, setOpen] = useState(path.length <= openDepth);
  const size = isBranch ? Object.keys(value).length : 0;
  const key = (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging is a short cut; completion gives the same by keyboard
    <span
      className={classes.key}
      draggable={onDragField !== undefined}
      data-draggable={onDragField !== undefined || undefined}
      onDragStart={onDragField && ((event) => onDragField(event, path))}
    >
      {name}
    </span>
  );
  return (
    <li>
      <div className={classes.row}>
        {isBranch ? (
          <UnstyledButton
            className={classes.toggle}
            data-open={open || undefined}
            aria-expanded={open}
            aria-label={String(name)}
            onClick={() => setOpen(!open)}
          >
            <IconChevronRight size={12} />
          </UnstyledButton>
        ) : (
          <span className={classes.toggle} />
        )}
        {key}
        {isBranch ? (
          <span className={classes.dim}>{Array.isArray(value) ? `[${size}]` : `{${size}}`}</span>
        ) : (
          <Leaf value={value} />
        )}
      </div>
      {isBranch && open && <Entries value={value} path={path} onDragField={onDragField} />}
    </li>
  );
}

function Leaf({ value }: { value: JsonValue }) {
  const [open, setOpen] = useState(false);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const isLong = text.length > 160;
  const kind = value === null ? 'null' : typeof value;
  return (
    <span className={classes.leaf} data-kind={kind}>
      {isLong && !open ? `${text.slice(0, 160)}…` : text}
      {isLong && (
        <UnstyledButton className={classes.more} onClick={() => setOpen(!open)} aria-expanded={open}>
          {open ? ' −' : ' +'}
        </UnstyledButton>
      )}
    </span>
  );
}
