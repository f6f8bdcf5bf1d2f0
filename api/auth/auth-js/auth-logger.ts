/** What Auth.js has to say, in our log. Its own goes to the console, and in detail: tokens included. */
import type { LoggerInstance } from '@auth/core/types';
import type { Logger } from 'pino';

/** Somebody's mistake or attack, not ours; the audit log has what matters of it. */
const everyday = new Set([
  'CredentialsSignin',
  'AccessDenied',
  'Verification',
  'MissingCSRF',
  'InvalidCheck',
  'UnknownAction',
]);

export function authLogger(log: Logger): LoggerInstance {
  return {
    error(error) {
      const type = 'type' in error ? String(error.type) : error.name;
      if (everyday.has(type)) return log.debug({ type }, 'a sign-in was refused');
      log.warn({ type, err: causeOf(error) }, 'a sign-in broke');
    },
    warn: (code) => log.debug({ code }, 'Auth.js warns'),
    debug: () => undefined,
  };
}

function causeOf(error: Error): unknown {
  const cause = error.cause as { err?: unknown } | undefined;
  return cause?.err ?? error;
}
