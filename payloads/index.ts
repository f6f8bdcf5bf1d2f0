/** The room's face: what Temporal is given to keep, and how it is sealed. */

export { failureConverterPath, type OpenedConverter, openDataConverter } from './open-data-converter.ts';
export { createPayloadCodec, defaultLargeFrom, workspaceOfPayload } from './payload-codec.ts';
export { PayloadError, type PayloadErrorCode } from './payload-error.ts';
export { createPayloadKeys, type PayloadKeys } from './payload-keys.ts';
