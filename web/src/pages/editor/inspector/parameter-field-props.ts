import type { Field } from '../../../../../contracts/field.ts';
import type { JsonValue } from '../../../../../contracts/json.ts';
import type { Path } from './form-values.ts';

/** What a field of a node's form is drawn from, single or list. */
export interface ParameterFieldProps {
  field: Field;
  path: Path;
  value: JsonValue | undefined;
  /** Why the value is not right, by path. */
  problems: ReadonlyMap<string, string>;
  onChange(path: Path, value: JsonValue): void;
  onRemoveEntry(path: Path, index: number): void;
  compact?: boolean;
}
