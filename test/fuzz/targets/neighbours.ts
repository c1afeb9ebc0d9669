/** Multicast DNS packets, from the datagram to what a node believes of its neighbours. */
import { EventEmitter } from 'node:events';
import type { Socket } from 'node:dgram';
import createMulticastDns from 'multicast-dns';
import { peerIdFromPublicKey } from '../../../node/identity/peer-id.ts';
import {
  announcementPacket,
  asksFor,
  queryPacket,
  readSightings,
  type DnsPacket,
  type ReceivedPacket,
} from '../../../node/near/announcement.ts';
import { isMachineLiteral } from '../../../node/reachable-literal.ts';
import { changeBytes } from '../mutate/byte-mutations.ts';
import { mustHold, type FuzzTarget } from '../target.ts';

const FROM = '192.0.2.7';
const PEER = peerIdFromPublicKey(Buffer.alloc(32, 4));
const ENDPOINTS_MAX = 4;

/** The socket of the responder: gives it datagrams, and keeps those that it sends. */
class SocketStandIn extends EventEmitter {
  readonly sent: Buffer[] = [];

  send(bytes: Buffer, ...rest: readonly unknown[]): void {
    this.sent.push(Buffer.from(bytes));
    const done = rest.at(-1);
    if (typeof done === 'function') (done as () => void)();
  }
}

const socket = new SocketStandIn();
const mdns = createMulticastDns({ socket: socket as unknown as Socket, bind: false });
let received: ReceivedPacket | undefined;
mdns.on('packet', (packet: ReceivedPacket) => {
  received = packet;
});

/** The packet in a datagram, undefined when it is none. */
function decode(datagram: Buffer): ReceivedPacket | undefined {
  received = undefined;
  socket.emit('message', datagram, { address: FROM, port: 5353 });
  return received;
}

async function encode(packet: DnsPacket): Promise<Buffer> {
  await new Promise<void>((resolve) => {
    const sent = (): void => {
      resolve();
    };
    if (packet.type === 'query') mdns.query(packet as never, sent);
    else mdns.respond(packet, sent);
  });
  return socket.sent.pop()!;
}

const announcement = { peerId: PEER, port: 4433, nameplates: ['2A'] };
const addresses = ['192.0.2.7', '2001:db8::7'];
const packets = [
  await encode(announcementPacket(announcement, { addresses, ttlSeconds: 120 })),
  await encode(queryPacket([{ peerId: PEER, ttlSeconds: 100 }])),
];

export const neighboursTarget: FuzzTarget = {
  name: 'neighbours',
  covers: 'multicast DNS packets, what they tell of neighbours, who is asked',
  seeds: () => packets,
  mutations: [changeBytes],
  dictionary: ['_dits', '_udp', 'local', PEER, 'id=', 'v=1', 'code=', Buffer.from([0xc0, 0x0c])],
  sizeMaxBytes: 1_500,
  run(input) {
    const packet = decode(input);
    if (packet === undefined) return false;
    asksFor(packet, PEER);
    const sightings = readSightings(packet, FROM);
    for (const { endpoints, ttlSeconds } of sightings) {
      mustHold(endpoints.length <= ENDPOINTS_MAX, 'few places of one node are believed');
      mustHold(ttlSeconds >= 0 && ttlSeconds <= 120, 'nothing stands for long');
      for (const { host, port } of endpoints) {
        mustHold(isMachineLiteral(host), `a place is the address of a machine, not ${host}`);
        mustHold(Number.isInteger(port) && port > 0 && port < 65_536, 'a port');
      }
    }
    return sightings.length > 0;
  },
};
