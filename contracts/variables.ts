/**
 * Workspace variables as a run carries them. A plain one travels by value. A secret one never does: in its place stands a marker,
 * which the activity that touches the world exchanges for the value at the last moment.
 *
 * The marker holds a random part that each run gets anew. Without it, whoever calls a webhook could write a marker into the body
 * and have the secret sent wherever the automation sends that text.
 */

/** Which variables the expressions of a graph mention; `all` when one is chosen by a computed name. */
export type MentionedVariables = 'all' | readonly string[];

export interface RunVariables {
  plain: Record<string, string>;
  /** Names of the secret ones. */
  secret: string[];
  /** The random part of this run's markers. */
  marker: string;
}

/** Of characters that neither a URL nor JSON encodes, so it is found again wherever an expression puts it. */
export function secretMarkerOf(marker: string, name: string): string {
  return `~secret.${marker}.${name}~`;
}

/** Finds the markers of a run; the first group is the variable's name. */
export function secretMarkerPattern(marker: string): RegExp {
  return new RegExp(`~secret\\.${marker.replace(/[^\w-]/g, '')}\\.([A-Za-z_]\\w{0,63})~`, 'g');
}

/** What `$vars` reads. */
export function varsOf({ plain, secret, marker }: RunVariables): Record<string, string> {
  const markers = secret.map((name) => [name, secretMarkerOf(marker, name)]);
  return { ...plain, ...Object.fromEntries(markers) };
}
