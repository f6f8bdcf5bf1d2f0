/** A client of a user's bucket whose connections go through the guard. */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import type { S3Values } from '../../contracts/credentials/s3.ts';
import type { Guard } from '../../outbound/guard/index.ts';

/** @throws BlockedAddress, or the resolver's error */
export async function guardedS3(
  { endpoint, region, accessKeyId, secretAccessKey }: S3Values,
  guard: Pick<Guard, 'resolve'>,
): Promise<S3Client> {
  const url = new URL(endpoint);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  // Sockets do not look addresses up, so one that stands in the URL is checked here; a name is checked at each connection.
  await guard.resolve(url.hostname.replace(/^\[|\]$/g, ''), port);
  const lookup: LookupFunction = (hostname, options, done) => {
    guard.resolve(hostname, port).then(
      (found) => (options.all ? done(null, found) : done(null, found[0].address, found[0].family)),
      (error: Error) => done(error as NodeJS.ErrnoException, ''),
    );
  };
  const agentOptions = { keepAlive: true, maxSockets: 10, lookup };
  return new S3Client({
    ...{ endpoint, region, credentials: { accessKeyId, secretAccessKey } },
    // The bucket in the path: as a part of the name it would be another host.
    forcePathStyle: true,
    // Not every service that speaks S3 knows the newer checksums.
    ...{ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' },
    // The node's own retry settings say how often.
    maxAttempts: 1,
    requestHandler: {
      httpAgent: new HttpAgent(agentOptions),
      httpsAgent: new HttpsAgent(agentOptions),
      connectionTimeout: 15_000,
    },
  });
}
