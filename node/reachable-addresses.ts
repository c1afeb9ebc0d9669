/** Where a listener can be reached: the addresses of this machine behind a wildcard. */
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { HostPort } from './address.ts';

/** The addresses behind a wildcard: every one of this machine, those of the network first. */
export function reachableAt({ host, port }: HostPort): readonly HostPort[] {
  if (host !== '0.0.0.0' && host !== '::') return [{ host, port }];
  const all = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(
      ({ address, scopeid }) => (scopeid ?? 0) === 0 && (host === '::' || isIP(address) === 4),
    );
  return all
    .sort((left, right) => Number(left.internal) - Number(right.internal))
    .map(({ address }) => ({ host: address, port }));
}
