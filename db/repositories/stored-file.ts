/** A row of `files` as others know it. */
import type { FilePurpose, FileState, FileVisibility } from '../../contracts/files.ts';
import type { FileRefusal } from '../entities/file.ts';
import { toMoment } from '../sql.ts';

export interface StoredFile {
  id: string;
  workspace: string;
  name: string;
  type: string;
  bytes: number;
  purpose: FilePurpose;
  visibility: FileVisibility;
  state: FileState;
  sha256?: string | undefined;
  /** Keys in the store. */
  object?: string | undefined;
  thumbnail?: string | undefined;
  width?: number | undefined;
  height?: number | undefined;
  /** The store's name of an upload in parts. */
  upload?: string | undefined;
  refusal?: FileRefusal | undefined;
  createdBy: string;
  createdAt: string;
}

export interface Row {
  id: string;
  workspace: string;
  name: string;
  type: string;
  bytes: string | number;
  purpose: FilePurpose;
  visibility: FileVisibility;
  state: FileState;
  sha256: string | null;
  object: string | null;
  thumbnail: string | null;
  width: number | null;
  height: number | null;
  upload: string | null;
  refusal: FileRefusal | null;
  created_by: string;
  created_at: string;
}

export const columns =
  'id, workspace, name, type, bytes, purpose, visibility, state, sha256, object, thumbnail, width, height, upload, refusal, created_by, created_at';
export function toFile(row: Row): StoredFile {
  const { sha256, object, thumbnail, width, height, upload, refusal } = row;
  return {
    id: row.id,
    workspace: row.workspace,
    name: row.name,
    type: row.type,
    bytes: Number(row.bytes),
    purpose: row.purpose,
    visibility: row.visibility,
    state: row.state,
    sha256: sha256 ?? undefined,
    object: object ?? undefined,
    thumbnail: thumbnail ?? undefined,
    width: width ?? undefined,
    height: height ?? undefined,
    upload: upload ?? undefined,
    refusal: refusal ?? undefined,
    createdBy: row.created_by,
    createdAt: toMoment(row.created_at),
  };
}
