/**
 * From a bare duplex to streams with a peer whose identity is proven: Noise XX as libp2p has it (libp2p specifications,
 * "noise"), then yamux. Any libp2p program gets this far. Loaded where a channel is made, and only there.
 */
import { noise } from '@chainsafe/libp2p-noise';
import { yamux, type YamuxMuxerInit } from '@chainsafe/libp2p-yamux';
import { privateKeyFromRaw } from '@libp2p/crypto/keys';
import type {
  MessageStream,
  SecuredConnection,
  StreamMuxer,
  StreamMuxerFactory,
} from '@libp2p/interface';
import { handle, select } from '@libp2p/multistream-select';
import type { Identity } from '../identity/identity.ts';
import { peerIdFromPublicKey } from '../identity/peer-id.ts';
import type { DuplexStream } from './duplex-stream.ts';
import { silentLibp2pLogger } from './libp2p-environment.ts';
import {
  OWN_STREAMS_MAX,
  PEER_STREAMS_MAX,
  PINGS_PER_IDLE_TIMEOUT,
  BACKLOG_MAX_BYTES,
  WINDOW_MAX_BYTES,
} from './noise-limits.ts';

const NOISE_PROTOCOL = '/noise';
const YAMUX_PROTOCOL = '/yamux/1.0.0';

export type ChannelRole = 'dialler' | 'acceptor';

export type HandshakeOptions = {
  readonly role: ChannelRole;
  readonly identity: Pick<Identity, 'privateKey' | 'publicKey'>;
  readonly idleTimeoutMs: number;
  readonly signal: AbortSignal;
};

/** Streams, and a question that yamux answers by itself. */
export type ChannelMuxer = StreamMuxer & { ping(): Promise<number> };

export type Handshaken = {
  /** The peer's proven identity. */
  readonly remotePeerId: string;
  /** What is decrypted goes through here. */
  readonly secured: MessageStream;
  /** Makes the streams; called once, when somebody listens to `secured`. */
  readonly createMuxer: () => ChannelMuxer;
};

/** @throws whatever goes wrong with the link, with libp2p's negotiation, or with the proof of identity */
export async function shakeHands(
  link: DuplexStream,
  { role, identity, idleTimeoutMs, signal }: HandshakeOptions,
): Promise<Handshaken> {
  const negotiate = role === 'dialler' ? select : handle;
  const options = { signal };
  await negotiate(link, NOISE_PROTOCOL, options);
  const yamuxers = yamux(muxerOptions(idleTimeoutMs))();
  const muxers: StreamMuxerFactory = yamuxers;
  const encrypter = noise()({
    privateKey: privateKeyFromRaw(rawPrivateKey(identity)),
    logger: silentLibp2pLogger,
    upgrader: { getStreamMuxers: () => new Map([[YAMUX_PROTOCOL, muxers]]) },
    // Noise uses nothing else.
  } as Parameters<ReturnType<typeof noise>>[0]);
  const proven =
    role === 'dialler'
      ? await encrypter.secureOutbound(link, options)
      : await encrypter.secureInbound(link, options);
  const secured = proven.connection;
  // A peer that asks and asks, and reads nothing, must not fill the memory with answers.
  secured.maxWriteBufferLength = BACKLOG_MAX_BYTES;
  // The handshake itself may have settled on yamux; if not, it is asked for as libp2p does.
  if (proven.streamMuxer === undefined) await negotiate(secured, YAMUX_PROTOCOL, options);
  return {
    remotePeerId: peerIdOf(proven),
    secured,
    createMuxer: () => yamuxers.createStreamMuxer(secured),
  };
}

function muxerOptions(idleTimeoutMs: number): YamuxMuxerInit {
  return {
    keepAliveInterval: Math.ceil(idleTimeoutMs / PINGS_PER_IDLE_TIMEOUT),
    maxInboundStreams: PEER_STREAMS_MAX,
    // The control stream comes on top of those that this side counts.
    maxOutboundStreams: OWN_STREAMS_MAX + 1,
    streamOptions: { maxStreamWindowSize: WINDOW_MAX_BYTES, maxReadBufferLength: WINDOW_MAX_BYTES },
  };
}

/** An Ed25519 key as libp2p takes it: the seed, then the public key. */
function rawPrivateKey({ privateKey, publicKey }: HandshakeOptions['identity']): Uint8Array {
  const { d } = privateKey.export({ format: 'jwk' });
  return Buffer.concat([Buffer.from(d ?? '', 'base64url'), publicKey]);
}

function peerIdOf({ remotePeer }: SecuredConnection): string {
  const key = remotePeer.publicKey;
  if (key?.type !== 'Ed25519') throw new Error('the peer has a key that is not Ed25519');
  return peerIdFromPublicKey(key.raw);
}
