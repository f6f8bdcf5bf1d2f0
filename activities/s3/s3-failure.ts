/** Says in a builder's words what a bucket refused. */
import { S3ServiceException } from '@aws-sdk/client-s3';
import { StepFailure } from '../../contracts/effect.ts';
import { StorageError } from '../../storage/index.ts';
import { networkFailure } from '../http/network-failure.ts';

interface Place {
  host: string;
  bucket: string;
  key: string;
}

interface Reason {
  code: string;
  says: (place: Place) => string;
  hint: string;
}

const signIn: Reason = {
  code: 's3-sign-in-refused',
  says: ({ host }) => `${host} refused the keys.`,
  hint: 'Check access key id, secret key and region of the credential.',
};
const reasons: Record<string, Reason> = {
  NoSuchKey: {
    code: 's3-no-such-file',
    says: ({ bucket, key }) => `The bucket "${bucket}" has no file "${key}".`,
    hint: 'Paths are as they are written, in upper and lower case, without a slash at the beginning.',
  },
  NoSuchBucket: {
    code: 's3-no-such-bucket',
    says: ({ host, bucket }) => `There is no bucket "${bucket}" at ${host}.`,
    hint: 'Check its name, and the region of the credential.',
  },
  AccessDenied: {
    code: 's3-forbids',
    says: ({ bucket }) => `The keys may not do this in the bucket "${bucket}".`,
    hint: 'Give them the right in the policy of the bucket or the user.',
  },
  SignatureDoesNotMatch: signIn,
  InvalidAccessKeyId: signIn,
};

export function s3Failure(error: unknown, place: Place): unknown {
  if (error instanceof StepFailure || error instanceof StorageError) return error;
  if (!(error instanceof S3ServiceException)) {
    const url = new URL(`https://${place.host}`);
    return networkFailure(error, { url, method: 'GET' });
  }
  const status = error.$metadata.httpStatusCode ?? 0;
  const reason = reasons[error.name];
  if (reason) return new StepFailure({ code: reason.code, message: reason.says(place), hint: reason.hint });
  return new StepFailure(
    {
      code: 's3-refused',
      message: `${place.host} refused: ${error.name}: ${error.message.slice(0, 300)}`,
      hint: 'What the service said is the reason.',
      details: { status },
    },
    { retryable: status >= 500 || status === 429 || error.$retryable !== undefined },
  );
}
