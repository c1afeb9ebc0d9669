/** On which of this machine's links a node announces itself, and with which addresses. */
import { isIPv4 } from 'node:net';
import type { networkInterfaces } from 'node:os';

/** Links that are used at once: laptops with many virtual networks have a dozen. */
const LINKS_MAX = 16;
/** Addresses announced on one link. */
const ADDRESSES_PER_LINK_MAX = 4;
const WILDCARDS = ['0.0.0.0', '::'];

export type Link = {
  /** IPv4 address that names the link to the operating system. */
  readonly via: string;
  /** Where this node can be reached on it. */
  readonly addresses: readonly string[];
};

/**
 * The links that a listener on `host` (a literal address) can be reached on. Only links with an IPv4 address are used,
 * because multicast DNS runs over IPv4 here; a node may well be announced there with its IPv6 addresses.
 */
export function linksOf(
  host: string,
  interfaces: ReturnType<typeof networkInterfaces>,
): readonly Link[] {
  const links: Link[] = [];
  for (const found of Object.values(interfaces)) {
    const usable = (found ?? []).filter(({ scopeid }) => (scopeid ?? 0) === 0);
    const via = usable.find(({ address }) => isIPv4(address))?.address;
    const addresses = usable.map(({ address }) => address).filter((own) => isCovered(host, own));
    if (via === undefined || addresses.length === 0) continue;
    links.push({ via, addresses: addresses.slice(0, ADDRESSES_PER_LINK_MAX) });
  }
  return links.slice(0, LINKS_MAX);
}

/** Whether a listener on `host` hears what is sent to `own`. */
function isCovered(host: string, own: string): boolean {
  if (!WILDCARDS.includes(host)) return host === own;
  return host === '::' || isIPv4(own);
}
