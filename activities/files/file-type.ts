const byEnding: Readonly<Record<string, string>> = {
  ...{ txt: 'text/plain', md: 'text/markdown', csv: 'text/csv', html: 'text/html', xml: 'application/xml' },
  ...{ json: 'application/json', pdf: 'application/pdf', zip: 'application/zip', gz: 'application/gzip' },
  ...{ png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp' },
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** The media type of a file of which only the name is known. */
export function fileType(fileName: string): string {
  const ending = /\.([^.]+)$/.exec(fileName.toLowerCase())?.[1] ?? '';
  return Object.hasOwn(byEnding, ending) ? (byEnding[ending] as string) : 'application/octet-stream';
}
