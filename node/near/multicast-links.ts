/**
 * Multicast DNS on every link of this machine: one socket a link, because a packet leaves on one link only. The links are
 * looked at again and again, so that a network which comes, goes or changes is followed.
 */
import { networkInterfaces } from 'node:os';
import type { MulticastDNS } from 'multicast-dns';
import type { Logger } from '../logger.ts';
import type { DnsPacket, ReceivedPacket } from './announcement.ts';
import { linksOf, type Link } from './link-addresses.ts';

/** How often the machine's addresses are looked at; a call takes some 0.1 ms. */
const LOOK_INTERVAL_MS = 1_000;
/** Sockets share the port with other programs; this address lets them hear the group on every system. */
const BIND_ADDRESS = '0.0.0.0';

/** Packets to and from everybody nearby. */
export interface MulticastLinks {
  /** Sends on every link what `build` makes of that link's addresses. Resolves when it has left, or could not. */
  send(build: (addresses: readonly string[]) => DnsPacket): Promise<void>;
  /** Idempotent. */
  close(): Promise<void>;
}

export type MulticastLinksDeps = {
  readonly logger: Logger;
  /** `from` is the address of the sender. */
  readonly onPacket: (packet: ReceivedPacket, from: string) => void;
  /** There are other links than before. */
  readonly onChange: () => void;
};

type OpenLink = Link & { readonly mdns: MulticastDNS };

/** Starts on the links of a listener on `host`, a literal address. */
export function openMulticastLinks(deps: MulticastLinksDeps, host: string): MulticastLinks {
  return new Links(deps, host);
}

class Links implements MulticastLinks {
  readonly #deps: MulticastLinksDeps;
  readonly #host: string;
  readonly #open = new Map<string, OpenLink>();
  #shape = '';
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void>;
  #isClosed = false;

  constructor(deps: MulticastLinksDeps, host: string) {
    this.#deps = deps;
    this.#host = host;
    this.#looking = this.#look();
  }

  async send(build: (addresses: readonly string[]) => DnsPacket): Promise<void> {
    await this.#looking;
    await Promise.all(
      [...this.#open.values()].map(
        ({ mdns, addresses, via }) =>
          new Promise<void>((resolve) => {
            const packet = build(addresses);
            const sent = (error: Error | null | undefined): void => {
              if (error !== null && error !== undefined) this.#note(via, error);
              resolve();
            };
            if (packet.type === 'query') mdns.query(packet, sent);
            else mdns.respond(packet, sent);
          }),
      ),
    );
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#looking;
    const open = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(open.map(({ mdns }) => destroyed(mdns)));
  }

  /** Makes the open links those that the machine has now. */
  async #look(): Promise<void> {
    const links = linksOf(this.#host, networkInterfaces());
    const shape = JSON.stringify(links);
    try {
      if (shape !== this.#shape && !this.#isClosed) await this.#follow(links);
    } catch (error) {
      this.#note('any', error);
    }
    const isChanged = shape !== this.#shape;
    this.#shape = shape;
    if (this.#isClosed) return;
    if (isChanged) queueMicrotask(this.#deps.onChange);
    this.#timer = setTimeout(() => {
      this.#looking = this.#look();
    }, LOOK_INTERVAL_MS);
  }

  async #follow(links: readonly Link[]): Promise<void> {
    const { default: createMulticastDns } = await import('multicast-dns');
    const wanted = new Map(links.map((link) => [JSON.stringify(link), link]));
    for (const [key, { mdns }] of this.#open) {
      if (wanted.has(key)) continue;
      this.#open.delete(key);
      await destroyed(mdns);
    }
    for (const [key, link] of wanted) {
      if (this.#open.has(key)) continue;
      const mdns = createMulticastDns({ interface: link.via, bind: BIND_ADDRESS });
      this.#open.set(key, { ...link, mdns });
      mdns.on('packet', (packet: ReceivedPacket, { address }: { readonly address: string }) => {
        this.#deps.onPacket(packet, address);
      });
      // Nothing here may stop a node: it can be reached by address all the same.
      mdns.on('error', (error: unknown) => {
        this.#note(link.via, error);
      });
      mdns.on('warning', (error: unknown) => {
        this.#note(link.via, error);
      });
    }
  }

  #note(link: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#deps.logger.debug('near.link-problem', { link, reason });
  }
}

async function destroyed(mdns: MulticastDNS): Promise<void> {
  await new Promise<void>((resolve) => {
    mdns.destroy(() => {
      resolve();
    });
  });
}
