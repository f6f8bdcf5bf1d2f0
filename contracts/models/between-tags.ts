/**
 * What others wrote, as a model is given it to read: between tags that nothing in it ends, so that it is not taken for an instruction.
 * No promise: a model may follow it all the same.
 */
export function betweenTags(tag: string, text: string): string {
  const ends = new RegExp(`<(?=\\s*/\\s*${tag}\\b)`, 'gi');
  return `<${tag}>\n${text.replace(ends, '<\\')}\n</${tag}>`;
}
