/** From host names to literal addresses. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { NodeError } from '../node-error.ts';

/** Addresses of one name that are tried. */
const ADDRESSES_MAX = 4;

/** @throws NodeError DITS_NODE_HOST_NOT_FOUND */
export async function resolveHost(host: string): Promise<readonly string[]> {
  if (isIP(host.split('%')[0]!) !== 0) return [host];
  try {
    const found = await lookup(host, { all: true, order: 'verbatim' });
    if (found.length > 0) return found.slice(0, ADDRESSES_MAX).map(({ address }) => address);
  } catch (cause) {
    throw notFound(host, cause);
  }
  throw notFound(host, undefined);
}

function notFound(host: string, cause: unknown): NodeError {
  return new NodeError('DITS_NODE_HOST_NOT_FOUND', `there is no host called ${host}`, {
    cause,
    hint: 'Check the name, or use the numeric address.',
    details: { host },
  });
}
