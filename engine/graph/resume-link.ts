/** What an expression reads of `$execution` to resume the run: the address of a Wait, and of a form page. */
export type ResumeLink = 'resumeUrl' | 'resumeFormUrl';

/** Which links a node's parameters mention, by their text: an expression or the text of a Code node. */
export function mentionedLinks(parameters: unknown): ResumeLink[] {
  const text = JSON.stringify(parameters);
  return (['resumeUrl', 'resumeFormUrl'] as const).filter((link) => text.includes(link));
}
