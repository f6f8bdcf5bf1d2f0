/**
 * Keeps a text from posing as several: names of people and workspaces get into mails, and one with line breaks could add a
 * paragraph of its own, one with direction marks could turn a link's text around.
 */
export function oneLine(text: string): string {
  return text
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}
