import { Transform } from 'node:stream';
import { StorageError } from './storage-error.ts';

/** Passes on what comes, and breaks with StorageError `too-large` at the first byte beyond `max`. */
export function limitBytes(max: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= max) done(null, chunk);
      else done(new StorageError('too-large', `More than ${max} bytes came.`));
    },
  });
}
