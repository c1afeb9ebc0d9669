/** SWARM_JOIN and SWARM_PEERS: who else fetches a repository (docs/protocol.md, "Swarms"). */
import { dits } from '#gen/messages';
import { HOST_LITERAL_MAX_BYTES, SWARM_MEMBERS_MAX } from './limits.ts';
import { decodePass, encodePass, readPeerId, type Pass } from './pass.ts';
import {
  decodePayload,
  invalidMessage,
  readCount,
  readName,
  readNumber,
  type MessageCodec,
} from './wire-fields.ts';

export type SwarmJoin = {
  readonly handle: number;
  /** UDP port at which the sender listens; 0 for nowhere. */
  readonly port: number;
};

/** A peer that fetches the same repository. */
export type SwarmMember = {
  readonly peerId: string;
  /** Literal IP address. */
  readonly host: string;
  readonly port: number;
};

export type SwarmPeers = {
  readonly members: readonly SwarmMember[];
  /** The answering peer's word for the asker. */
  readonly pass: Pass;
  /** Seconds since 1970-01-01 UTC on the answering peer's clock. */
  readonly now: number;
};

const PORT_MAX = 65_535;

export const swarmJoinCodec: MessageCodec<SwarmJoin> = {
  encode: (join) => [dits.messages.SwarmJoin.encode(join).finish()],
  decode(payload) {
    const { handle, port } = decodePayload(dits.messages.SwarmJoin, payload);
    return {
      handle: readNumber(handle, 1, 0xffff_ffff),
      port: readNumber(port, 0, PORT_MAX),
    };
  },
};

export const swarmPeersCodec: MessageCodec<SwarmPeers> = {
  encode: ({ members, pass, now }) => [
    dits.messages.SwarmPeers.encode({
      members: members.map(({ peerId, host, port }) => ({ peer_id: peerId, host, port })),
      pass: encodePass(pass),
      now,
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.SwarmPeers, payload, {
      1: { max: SWARM_MEMBERS_MAX },
    });
    if (value.pass === undefined || value.pass === null) throw invalidMessage('has no pass');
    return {
      members: value.members.map(readMember),
      pass: decodePass(value.pass),
      now: readCount(value.now),
    };
  },
};

function readMember(member: dits.messages.SwarmMember): SwarmMember {
  const host = readName(member.host, HOST_LITERAL_MAX_BYTES);
  if (!/^[0-9A-Za-z.:%_-]+$/.test(host)) throw invalidMessage('lists a peer without an address');
  return {
    peerId: readPeerId(member.peer_id),
    host,
    port: readNumber(member.port, 1, PORT_MAX),
  };
}
