/** The room's face: a store is opened by the process, shared by everybody in it, and closed by the process. */
export { contentDisposition } from './content-disposition.ts';
export {
  type Deleted,
  deleteRunObjects,
  deleteWorkflowObjects,
  deleteWorkspaceObjects,
} from './delete-objects.ts';
export { assertFileOf, fileOfObject, filesPrefix, type RunName } from './file-keys.ts';
export { createFiles, type Files, type FilesOptions, type SaveOptions, stepFileIds } from './files.ts';
export { createFolderStore, type FolderStore } from './folder/folder-store.ts';
export { keyFromFile } from './key-file.ts';
export { otherPrefix, runPrefix, workflowOfKey, workflowPrefix, workspacePrefix } from './object-keys.ts';
export type {
  ByteRange,
  GetOptions,
  LinkOptions,
  ObjectInfo,
  ObjectStore,
  PutOptions,
} from './object-store.ts';
export type { ObjectUploads, PartedUpload, SignedRequest, StoredPart } from './object-uploads.ts';
export { type OpenedStore, openObjectStore, type StoreConfig } from './open-object-store.ts';
export { openPicture } from './open-picture.ts';
export { createS3Store } from './s3/s3-store.ts';
export { StorageError, type StorageErrorCode } from './storage-error.ts';
export type { UploadLink } from './upload-link.ts';
export {
  arrivingKey,
  documentKey,
  mediaKey,
  mediaPrefix,
  thumbnailKey,
  uploadedKey,
} from './uploaded-keys.ts';
