/** A link in memory: what one of the members multicasts, all of them hear. */
import type { DnsPacket } from '../../../node/near/announcement.ts';
import type { MulticastLinks, MulticastLinksDeps } from '../../../node/near/multicast-links.ts';

export class Segment {
  /** Everything that was sent, with the sender's address. */
  readonly log: { readonly from: string; readonly packet: DnsPacket }[] = [];
  readonly #members = new Map<string, MulticastLinksDeps>();

  /** For `DiscoveryDeps.openLinks`: joins with this address. */
  open(address: string): (deps: MulticastLinksDeps) => MulticastLinks {
    return (deps) => {
      this.#members.set(address, deps);
      queueMicrotask(deps.onChange);
      return {
        send: (build) => {
          this.send(address, build([address]));
          return Promise.resolve();
        },
        close: () => {
          this.#members.delete(address);
          return Promise.resolve();
        },
      };
    };
  }

  send(from: string, packet: DnsPacket): void {
    this.log.push({ from, packet });
    for (const { onPacket } of [...this.#members.values()]) onPacket(packet, from);
  }

  /** The member's links have changed. */
  change(address: string): void {
    this.#members.get(address)?.onChange();
  }

  count(from: string, type: DnsPacket['type']): number {
    return this.log.filter((one) => one.from === from && one.packet.type === type).length;
  }
}
