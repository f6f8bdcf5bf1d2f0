/** Sizes of text in bytes of UTF-8, by which tokens are estimated. Without Node, for the engine has none. */

/** Bytes of the code unit at a place: each half of a surrogate pair counts two, four for the character. */
export function bytesAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 0x80) return 1;
  return code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
}

export function bytesOf(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) bytes += bytesAt(text, at);
  return bytes;
}
