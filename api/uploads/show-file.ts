import type { UploadedFile } from '../../contracts/api/uploads.ts';
import type { Config } from '../../contracts/config.ts';
import { describeProblem, type ProblemCode } from '../../contracts/problems.ts';
import type { Language } from '../../contracts/text.ts';
import type { StoredFile } from '../../db/index.ts';

/** The file as the API shows it. */
export function showFile(
  file: StoredFile,
  { CDN_BASE_URL = '' }: Pick<Config, 'CDN_BASE_URL'>,
  language: Language,
): UploadedFile {
  const { id, name, type, bytes, purpose, visibility, state, createdBy, createdAt } = file;
  const { sha256, width, height, object, thumbnail, refusal } = file;
  const content = `/api/v1/files/${id}/content`;
  const isPublic = visibility === 'public';
  return {
    ...{ id, name, type, bytes, purpose, visibility, state, createdBy, createdAt },
    ...(sha256 !== undefined && { sha256 }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    // The key of a public picture is its path, so that a CDN may stand before this server or before the bucket.
    ...(object !== undefined && { url: isPublic ? `${CDN_BASE_URL}/${object}` : content }),
    ...(thumbnail !== undefined && {
      thumbnailUrl: isPublic ? `${CDN_BASE_URL}/${thumbnail}` : `${content}?thumbnail=true`,
    }),
    ...(refusal && { problem: problemOf(refusal, language) }),
  };
}

function problemOf(refusal: NonNullable<StoredFile['refusal']>, language: Language) {
  const { code, title, detail } = describeProblem(refusal.code as ProblemCode, refusal.values, language);
  return { code, title, detail };
}
