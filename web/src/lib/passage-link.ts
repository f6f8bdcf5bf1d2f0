/** Where a passage is read in its document. @param position of its first chunk */
export function passageLink({
  base,
  document,
  position,
}: {
  base: string;
  document: string;
  position: number;
}): string {
  const [at, of] = [encodeURIComponent(base), encodeURIComponent(document)];
  return `/knowledge/${at}/documents/${of}?passage=${position}`;
}
