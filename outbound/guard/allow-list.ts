/**
 * The operator's exceptions, HIVIEX_ALLOW_PRIVATE_HOSTS, read once:
 *
 * | entry | lets through |
 * |---|---|
 * | `erp.internal` | that name, whatever it resolves to: name hosts only where you trust their DNS |
 * | `10.1.2.3`, `::1` | that address, written in a URL or resolved from a name |
 * | `10.1.0.0/16`, `fd00::/8` | every address of the range |
 * | `erp.internal:8080`, `10.1.0.0/16:8080`, `[::1]:8080`, `[fd00::/8]:8080` | the same, on that port only |
 */
import { isIP } from 'node:net';
import type ipaddr from 'ipaddr.js';
import { type Address, parseAddress, unmapped } from './public-address.ts';

export interface AllowList {
  /** @param host Lower case, as a WHATWG URL gives it. */
  allowsHost(host: string, port: number): boolean;
  allowsAddress(address: Address, port: number): boolean;
}

type Entry = { port: number | undefined } & (
  | { kind: 'host'; host: string }
  | { kind: 'range'; range: [Address, number] }
);

/** @throws Error naming every entry that cannot be read; a misspelled one must not silently allow or refuse something else. */
export function parseAllowList(text: string): AllowList {
  const written = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const entries: Entry[] = [];
  const wrong: string[] = [];
  for (const part of written) {
    const entry = parseEntry(part);
    if (entry) entries.push(entry);
    else wrong.push(part);
  }
  if (wrong.length > 0) {
    throw new Error(
      `HIVIEX_ALLOW_PRIVATE_HOSTS: cannot read ${wrong.map((part) => `"${part}"`).join(', ')}. ` +
        'Write hosts, IPs or CIDR ranges, each with an optional port: erp.internal, 10.1.0.0/16, 127.0.0.1:3000, [fd00::/8]:443.',
    );
  }
  const hosts = entries.filter((entry) => entry.kind === 'host');
  const ranges = entries.filter((entry) => entry.kind === 'range');
  return {
    allowsHost(host, port) {
      const name = withoutDot(host);
      return hosts.some((entry) => entry.host === name && isPort(entry, port));
    },
    allowsAddress(address, port) {
      const plain = unmapped(address);
      return ranges.some((entry) => isPort(entry, port) && isWithin(plain, entry.range));
    },
  };
}

function parseEntry(text: string): Entry | undefined {
  if (isIP(text) !== 0) return rangeEntry(text, undefined);
  const [, bracketed, plain, port] =
    /^(?:\[([^\]]+)\]|([^:[\]]+|[0-9a-f:.]+\/\d+))(?::(\d+))?$/i.exec(text) ?? [];
  const at = port === undefined ? undefined : Number(port);
  if (at !== undefined && (at < 1 || at > 65_535)) return undefined;
  if (bracketed !== undefined) return rangeEntry(bracketed, at);
  if (plain === undefined) return undefined;
  return rangeEntry(plain, at) ?? hostEntry(plain, at);
}

function rangeEntry(text: string, port: number | undefined): Entry | undefined {
  const [base = '', bits, ...rest] = text.split('/');
  const address = parseAddress(base);
  if (!address || rest.length > 0) return undefined;
  const size = address.kind() === 'ipv4' ? 32 : 128;
  const length = bits === undefined ? size : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (!(length <= size)) return undefined;
  return { kind: 'range', range: [address, length], port };
}

/** Through URL, so that an entry has the very form in which it is asked for (lower case, punycode). */
function hostEntry(text: string, port: number | undefined): Entry | undefined {
  if (!/^[^\s/?#@\\%*]+$/.test(text)) return undefined;
  const host = URL.parse(`http://${text}/`)?.hostname;
  // 10.1 or 0177.0.0.1: a URL takes it for an address, a reader for something else.
  if (!host || isIP(host) !== 0) return undefined;
  return { kind: 'host', host: withoutDot(host), port };
}

function isPort(entry: Entry, port: number): boolean {
  return entry.port === undefined || entry.port === port;
}

function isWithin(address: Address, [base, length]: [Address, number]): boolean {
  return address.kind() === base.kind() && (address as ipaddr.IPv4).match(base as ipaddr.IPv4, length);
}

/** `localhost.` is localhost: the dot only says that the name is complete. */
function withoutDot(host: string): string {
  return host.endsWith('.') ? host.slice(0, -1) : host;
}
