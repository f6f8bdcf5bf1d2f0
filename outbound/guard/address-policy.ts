/** The decision: may host and port be connected to, and at which addresses. The only place that resolves the names of users' URLs. */
import { ADDRCONFIG, promises as dns, type LookupAddress } from 'node:dns';
import type { AllowList } from './allow-list.ts';
import { BlockedAddress } from './blocked-address.ts';
import { isPublicAddress, parseAddress } from './public-address.ts';

/** Every address of a name, as `dns.promises.lookup(name, { all: true })` gives it. */
export type Lookup = (hostname: string) => Promise<LookupAddress[]>;

/** For the operator's log only: it names the addresses that whoever asked must not learn. */
export interface Blocked {
  host: string;
  port: number;
  addresses: string[];
}

export interface AddressPolicy {
  /** For a host that is an IP address: the check that needs no resolver. Names pass. @throws BlockedAddress */
  assertLiteral(host: string, port: number): void;
  /**
   * Asks the resolver once.
   * @returns the addresses, of which each may be connected to.
   * @throws the resolver's error (`ENOTFOUND` …), or BlockedAddress when one of them may not: whoever mixes public and private answers hopes that we take the other one.
   */
  resolve(host: string, port: number): Promise<[LookupAddress, ...LookupAddress[]]>;
}

export interface PolicyOptions {
  allow: AllowList;
  /** Default: the system's resolver. */
  lookup?: Lookup | undefined;
  onBlocked?: ((blocked: Blocked) => void) | undefined;
}

export function createAddressPolicy(options: PolicyOptions): AddressPolicy {
  const { allow, lookup = systemLookup, onBlocked } = options;
  const isAllowed = (host: string, address: string, port: number): boolean => {
    if (allow.allowsHost(host, port)) return true;
    const parsed = parseAddress(address);
    return parsed !== undefined && (isPublicAddress(parsed) || allow.allowsAddress(parsed, port));
  };
  const assertAllowed = (host: string, port: number, addresses: string[]): void => {
    if (addresses.every((address) => isAllowed(host, address, port))) return;
    onBlocked?.({ host, port, addresses });
    throw new BlockedAddress(host);
  };

  return {
    assertLiteral(host, port) {
      if (parseAddress(host)) assertAllowed(host, port, [host]);
    },
    async resolve(host, port) {
      const literal = parseAddress(host);
      const answers: LookupAddress[] = literal
        ? [{ address: host, family: literal.kind() === 'ipv4' ? 4 : 6 }]
        : await lookup(host);
      assertAllowed(
        host,
        port,
        answers.map(({ address }) => address),
      );
      const [first, ...more] = answers;
      if (!first) throw Object.assign(new Error(`No address for ${host}`), { code: 'ENOTFOUND' });
      return [first, ...more];
    },
  };
}

/** With the hint that Node's sockets give by default: no IPv6 answers on a machine without IPv6. */
const systemLookup: Lookup = (hostname) => dns.lookup(hostname, { all: true, hints: ADDRCONFIG });
