/** What kind of document some bytes are: by what they begin with, then their name, then the type they were sent with. */
import { DocumentRefusal } from '../document-refusal.ts';

export type DocumentKind = 'pdf' | 'docx' | 'xlsx' | 'html' | 'markdown' | 'csv' | 'text';

/** As messages call them. */
export const kindNames: Record<DocumentKind, string> = {
  ...{ pdf: 'PDF', docx: 'Word (.docx)', xlsx: 'Excel (.xlsx)', html: 'HTML' },
  ...{ markdown: 'Markdown', csv: 'CSV', text: 'text' },
};

const byEnding: Readonly<Record<string, DocumentKind>> = {
  ...{ pdf: 'pdf', docx: 'docx', xlsx: 'xlsx', xlsm: 'xlsx', csv: 'csv', tsv: 'csv' },
  ...{ html: 'html', htm: 'html', xhtml: 'html', md: 'markdown', markdown: 'markdown', mdx: 'markdown' },
  ...{ txt: 'text', text: 'text', log: 'text', json: 'text', jsonl: 'text', xml: 'text', yaml: 'text' },
  ...{ yml: 'text', rst: 'text', srt: 'text', vtt: 'text', tex: 'text', ini: 'text', sql: 'text' },
};
const byType: Readonly<Record<string, DocumentKind>> = {
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'text/markdown': 'markdown',
  'text/csv': 'csv',
  'text/tab-separated-values': 'csv',
};

/**
 * @param head the first bytes
 * @throws DocumentRefusal `document-kind-unknown`
 */
export function kindOfDocument({
  name,
  type,
  head,
}: {
  name: string;
  type: string;
  head: Uint8Array;
}): DocumentKind {
  const media = type.split(';')[0]?.trim().toLowerCase() ?? '';
  const ending = /\.([a-z0-9]+)$/.exec(name.toLowerCase())?.[1] ?? '';
  const named = byEnding[ending] ?? byType[media];
  if (begins(head, '%PDF-')) return 'pdf';
  if (begins(head, 'PK\u0003\u0004')) {
    if (named === 'docx' || named === 'xlsx') return named;
    throw new DocumentRefusal('document-kind-unknown', { type: media || 'application/zip' });
  }
  if (named) return named;
  if (/^text\/|[/+](json|xml|yaml)$/.test(media)) return 'text';
  throw new DocumentRefusal('document-kind-unknown', { type: media || 'application/octet-stream' });
}

function begins(head: Uint8Array, signature: string): boolean {
  return [...signature].every((character, index) => head[index] === character.charCodeAt(0));
}
