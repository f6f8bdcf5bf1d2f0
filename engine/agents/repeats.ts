/**
 * The guard against a model that goes in circles: the same call with the same arguments, which gave the same result. It is told so
 * instead of being given that a third time, and a run that goes on all the same is ended: nothing else would but its limits.
 */
import type { JsonValue } from '../../contracts/json.ts';

/** How often each call gave the same result in a row; by name and arguments. */
export type Repeats = Record<string, { result: string; times: number }>;

/** Times that one result is given. */
export const mostSameResults = 3;
/** Times that a repetition is refused before the run ends. */
export const mostRefusals = 3;
/** Calls that are remembered. */
const remembered = 60;

export function callKey(name: string, given: JsonValue): string {
  return `${name} ${digest(canonical(given))}`;
}

/** @returns how often the call was made in vain: at `mostSameResults` it is not to be made again */
export function timesOf(repeats: Repeats, key: string): number {
  return repeats[key]?.times ?? 0;
}

export function noteResult(repeats: Repeats, key: string, result: string): Repeats {
  const told = digest(result);
  const former = repeats[key];
  const times = former?.result === told ? former.times + 1 : 1;
  const { [key]: _, ...others } = repeats;
  const kept = Object.entries(others).slice(1 - remembered);
  return { ...Object.fromEntries(kept), [key]: { result: told, times } };
}

/** The call was refused as a repetition. */
export function noteRefusal(repeats: Repeats, key: string): Repeats {
  const former = repeats[key];
  return former ? { ...repeats, [key]: { ...former, times: former.times + 1 } } : repeats;
}

function canonical(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key]!)}`).join(',')}}`;
}

/** FNV-1a, twice with other beginnings: no secret depends on it. */
function digest(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01234567;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x01000197);
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}${text.length.toString(36)}`;
}
