/** Uploads: begun here, sent straight to where files are kept, completed here. `components/uploads/` is what pages use. */
import type { CreateUpload, SignedParts, Upload, UploadedFile } from '../../../contracts/api/uploads.ts';
import { request } from './client.ts';

const at = (id: string) => `/files/uploads/${encodeURIComponent(id)}`;

/** What an upload asks of the server. */
export interface UploadServer {
  begin(wish: CreateUpload): Promise<Upload>;
  /** What is there already, and how to go on. */
  read(id: string): Promise<Upload>;
  sign(id: string, parts: number[]): Promise<SignedParts>;
  /** `checking` when the check takes longer: ask again. */
  complete(id: string): Promise<UploadedFile>;
  cancel(id: string): Promise<void>;
}

export const uploadServer: UploadServer = {
  begin: (body) => request('POST', '/files/uploads', { body }),
  read: (id) => request('GET', at(id)),
  sign: (id, parts) => request('POST', `${at(id)}/parts`, { body: { parts } }),
  complete: (id) => request('POST', `${at(id)}/complete`),
  cancel: (id) => request('DELETE', at(id)),
};
