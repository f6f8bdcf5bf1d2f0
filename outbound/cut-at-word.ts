/**
 * The beginning of what a service wrote, whole words only. Half a token would not be recognised as one by whoever masks secrets
 * later, and tokens have no spaces.
 *
 * @param most characters
 */
export function cutAtWord(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/\S+$/, '')}…`;
}
