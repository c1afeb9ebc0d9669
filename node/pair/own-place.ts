/** The lobby of this very machine: that of its running node, or of one that runs only while a code is offered. */
import type { Visit } from '../../protocol/index.ts';
import { formatHostPort, parseHostPort, PORT_DEFAULT, type HostPort } from '../address.ts';
import { queryNode } from '../control/control-client.ts';
import { createNode, type NodeDeps } from '../create-node.ts';
import { resolveHost } from '../dial/resolve-host.ts';
import type { NodeSettings } from '../config.ts';
import { NodeError } from '../node-error.ts';
import { reachableAt } from '../reachable-addresses.ts';
import { parseRelayAddress } from '../relay/relay-address.ts';
import { visitNode, type VisitNodeOptions } from './visit-node.ts';

/** Listens wherever somebody nearby may come from, beside the node that may be started meanwhile. */
const TEMPORARY_LISTEN = '0.0.0.0:0';
const LOOPBACK = /^(127\.|::1$|localhost$)/;

export type OwnPlace = {
  readonly visit: Visit;
  /** `HOST:PORT` where the code can be joined now. */
  readonly addresses: readonly string[];
  close(): Promise<void>;
};

export type OwnPlaceOptions = VisitNodeOptions & { readonly home: string };

/** @throws NodeError, ProtocolError when neither the running node nor a temporary one can be used */
export async function openOwnPlace(deps: NodeDeps, options: OwnPlaceOptions): Promise<OwnPlace> {
  const running = await runningAddresses(options.home);
  const temporary = running === undefined ? await startTemporary(deps, options) : undefined;
  const addresses = running ?? temporary?.addresses ?? [];
  const close = async (): Promise<void> => {
    await temporary?.stop();
  };
  try {
    // The machine's own way to itself comes last in the list.
    const last = parseRelayAddress(addresses.at(-1) ?? '');
    const visit = await visitNode(deps, last, options);
    return {
      visit,
      addresses: forOthers(addresses.map((address) => parseRelayAddress(address))),
      close: async () => {
        await visit.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** `HOST:PORT` where the node of this home is reached by others: of the running one, or of one that is started later. */
export async function nodeAddresses(
  home: string,
  settings: Pick<NodeSettings, 'listen'>,
): Promise<readonly string[]> {
  const running = await runningAddresses(home);
  if (running !== undefined) return forOthers(running.map((one) => parseRelayAddress(one)));
  const { host, port } = parseHostPort(settings.listen, PORT_DEFAULT);
  if (port === 0) return [];
  const [literal = host] = await resolveHost(host);
  return forOthers(reachableAt({ host: literal, port }));
}

async function startTemporary(deps: NodeDeps, options: OwnPlaceOptions) {
  return await createNode(deps, {
    home: options.home,
    settings: { ...options.settings, listen: TEMPORARY_LISTEN },
    software: options.software,
    serve: {},
    canCreate: false,
    hasControl: false,
  });
}

/** Undefined when no node runs. */
async function runningAddresses(home: string): Promise<readonly string[] | undefined> {
  try {
    return (await queryNode(home)).addresses;
  } catch (error) {
    if (error instanceof NodeError && error.code === 'DITS_NODE_NOT_RUNNING') return undefined;
    throw error;
  }
}

/** Without those that lead nowhere from another machine, where there are others. */
function forOthers(addresses: readonly HostPort[]): readonly string[] {
  const outside = addresses.filter(({ host }) => !LOOPBACK.test(host));
  return (outside.length > 0 ? outside : addresses).map(formatHostPort);
}
