/** Says in a builder's words why a mail was not sent, with what the server said. */
import { StepFailure } from '../../contracts/effect.ts';
import { StorageError } from '../../storage/index.ts';

interface SmtpError {
  code?: string;
  response?: string;
  responseCode?: number;
  message?: string;
}

/** @returns the failure; what is not of SMTP as it is. */
export function mailFailure(error: unknown, host: string): unknown {
  if (error instanceof StepFailure || error instanceof StorageError) return error;
  const { code = '', response = '', responseCode, message = '' } = error as SmtpError;
  // 4xx: for now (greylisting, a full queue). 5xx: for good.
  const retryable = responseCode === undefined ? isNetwork(code) : responseCode < 500;
  const said = (response || message).replace(/\s+/g, ' ').slice(0, 300);
  const details = { ...(responseCode !== undefined && { status: responseCode }), cause: code };
  return new StepFailure({ ...sentence(code, host, said), details }, { retryable });
}

function isNetwork(code: string): boolean {
  return ['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes(
    code,
  );
}

function sentence(code: string, host: string, said: string): { code: string; message: string; hint: string } {
  if (code === 'EAUTH' || code === 'ENOAUTH')
    return {
      code: 'mail-sign-in-refused',
      message: `${host} refused the sign-in: ${said}`,
      hint: 'Check user and password of the credential. Many providers want an app password here.',
    };
  if (code === 'ETLS')
    return {
      code: 'mail-tls-failed',
      message: `${host} and we found no safe connection: ${said}`,
      hint: 'Check TLS and port in the credential: 587 goes with STARTTLS, 465 with TLS from the start.',
    };
  if (isNetwork(code))
    return {
      code: 'mail-server-unreachable',
      message: `${host} could not be reached, or broke off: ${said}`,
      hint: 'Check host, port and TLS in the credential. Many networks close port 25.',
    };
  return {
    code: 'mail-refused',
    message: `${host} refused the mail: ${said || code || 'without a reason'}`,
    hint: 'What the server said is the reason: most often a sender that is not its own, an unknown recipient, or a size limit.',
  };
}
