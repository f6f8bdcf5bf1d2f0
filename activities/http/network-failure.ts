/** Says in a builder's words why no answer came. Names host and port, never path, query or headers: they hold keys and tokens. */
import { StepFailure } from '../../contracts/effect.ts';
import { BlockedAddress } from '../../outbound/guard/index.ts';
import type { WireRequest } from './request.ts';

interface Reason {
  code: string;
  says: (host: string) => string;
  hint: string;
  retryable: boolean;
}

const slow: Reason = {
  code: 'http-timeout',
  says: (host) => `${host} did not answer in time.`,
  hint: "Raise the node's timeout, or check whether the service is overloaded.",
  retryable: true,
};
const broken: Reason = {
  code: 'connection-lost',
  says: (host) => `${host} closed the connection before it had answered.`,
  hint: 'Often a restart or an overload on the other side; a retry helps. If it stays, check http against https.',
  retryable: true,
};
const noRoute: Reason = {
  code: 'host-unreachable',
  says: (host) => `There is no way through the network to ${host}.`,
  hint: 'Check the address, and the network and firewall of the machine that Hiviex runs on.',
  retryable: true,
};
const unknownHost: Reason = {
  code: 'host-not-found',
  says: (host) => `The name ${host} was not found.`,
  hint: 'Check the spelling of the host in the URL. A name of a private network only works where Hiviex can resolve it.',
  retryable: true,
};
const certificate: Reason = {
  code: 'bad-certificate',
  says: (host) => `The TLS certificate of ${host} was not accepted.`,
  hint: 'It may have expired, be for another name, or come from a private authority: give that to Hiviex with NODE_EXTRA_CA_CERTS.',
  retryable: false,
};
const notHttp: Reason = {
  code: 'bad-response',
  says: (host) => `${host} sent something that is not a valid HTTP answer.`,
  hint: 'Check the port, and http against https.',
  retryable: false,
};

const reasons: Record<string, Reason> = {
  ECONNREFUSED: {
    code: 'connection-refused',
    says: (host) => `Nothing accepts connections at ${host}.`,
    hint: 'Check host and port, and that the service runs. Inside a container, localhost is the container itself.',
    retryable: true,
  },
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  EADDRNOTAVAIL: noRoute,
  ECONNRESET: broken,
  EPIPE: broken,
  ECONNABORTED: broken,
  UND_ERR_SOCKET: broken,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: broken,
  ETIMEDOUT: slow,
  UND_ERR_CONNECT_TIMEOUT: slow,
  UND_ERR_HEADERS_TIMEOUT: slow,
  UND_ERR_BODY_TIMEOUT: slow,
  UND_ERR_HEADERS_OVERFLOW: notHttp,
  EPROTO: notHttp,
};

/** @returns the failure for an error of undici, Node's sockets or TLS; the error itself when it was the caller's own abort. */
export function networkFailure(error: unknown, request: Pick<WireRequest, 'url' | 'method'>): unknown {
  if (error instanceof StepFailure || isAbort(error)) return error;
  if (error instanceof BlockedAddress)
    return new StepFailure({ code: error.code, message: error.says.en, hint: error.hint.en });
  const cause = codeOf(error);
  const { code, says, hint, retryable } = reasonOf(cause);
  return new StepFailure(
    { code, message: says(hostAndPort(request.url)), hint, details: { method: request.method, cause } },
    { retryable },
  );
}

/** `host:port`, the port always named: a wrong one is a frequent cause. */
export function hostAndPort(url: URL): string {
  return url.port === '' ? `${url.hostname}:${url.protocol === 'https:' ? 443 : 80}` : url.host;
}

function reasonOf(cause: string): Reason {
  const known = reasons[cause];
  if (known) return known;
  if (/^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/.test(cause))
    return certificate;
  if (/^(HPE_|ERR_SSL_|Z_)/.test(cause)) return notHttp;
  return { ...broken, says: (host) => `The request to ${host} failed (${cause}).` };
}

/**
 * An AggregateError of several addresses (IPv6 and IPv4) carries the code of its first; undici wraps others as `cause`. By shape
 * and not by `instanceof`: Node's own errors come from another realm where code runs in a VM context, as under Jest.
 */
function codeOf(error: unknown): string {
  for (let at = error, depth = 0; isErrorLike(at) && depth < 5; at = at.cause, depth++) {
    if (typeof at.code === 'string') return at.code;
    if (Array.isArray(at.errors) && at.errors.length > 0) return codeOf(at.errors[0]);
  }
  return isErrorLike(error) ? error.name : 'unknown';
}

function isAbort(error: unknown): boolean {
  return isErrorLike(error) && (error.name === 'AbortError' || error.name === 'CancelledFailure');
}

interface ErrorLike {
  name: string;
  code?: unknown;
  cause?: unknown;
  errors?: unknown;
}

function isErrorLike(value: unknown): value is ErrorLike {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
}
