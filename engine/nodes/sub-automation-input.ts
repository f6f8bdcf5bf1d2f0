/** Whether an item is what the automation that gets it says it takes. */
import type { FieldType } from '../../contracts/catalogue/sub-automation-trigger.ts';
import type { ChildTarget } from '../../contracts/child-run.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonValue } from '../../contracts/json.ts';
import { EngineFailure } from '../run/engine-failure.ts';

/** @throws EngineFailure `sub-automation-input`, naming item and field */
export function checkInput({ automation, fields }: ChildTarget, items: readonly Item[]): void {
  for (const [position, { json }] of items.entries())
    for (const { name, type, required } of fields) {
      const value = json[name];
      const isThere = value !== undefined && value !== null;
      if (isThere ? isOf(type, value) : !required) continue;
      const found = isThere ? `is ${kindOf(value)}` : 'is not there';
      throw new EngineFailure({
        code: 'sub-automation-input',
        message: `"${automation.name}" takes the field "${name}" (${type}); in item ${position} it ${found}.`,
        hint: 'Give it under “Input” of this node, or change the fields in the trigger of that automation.',
      });
    }
}

function isOf(type: FieldType, value: JsonValue): boolean {
  return type === 'any' || kindOf(value) === type;
}

function kindOf(value: JsonValue): Exclude<FieldType, 'any'> {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'object';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'text';
}
