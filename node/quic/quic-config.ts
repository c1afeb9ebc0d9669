/** The quiche configuration of one endpoint. */
import type { Credentials } from '../identity/certificate.ts';
import {
  ALPN,
  BULK_WINDOW_BYTES,
  CONCURRENT_STREAMS_MAX,
  CONNECTION_IDS_MAX,
  CONNECTION_WINDOW_BYTES,
  REQUEST_WINDOW_BYTES,
  STREAM_WINDOW_BYTES,
  UDP_PAYLOAD_MAX_BYTES,
  type CongestionControl,
  type CongestionControlSetting,
} from './quic-limits.ts';
import { quiche, type QuicheConfig } from './quiche.ts';

export type QuicConfigOptions = {
  readonly idleTimeoutMs: number;
  /** Application protocol; another one than the protocol's own only in tests. */
  readonly alpn?: string | undefined;
  /** Bytes that a peer may send before they are read, on a stream and in all; left out, as much as bulk needs. */
  readonly windowBytes?: number | undefined;
};

/**
 * Both sides must show an Ed25519 certificate. Any such certificate passes TLS, which proves that the peer holds its
 * key; who that is gets checked right after the handshake, against the peer id.
 */
export function createQuicheConfig(
  credentials: Credentials | undefined,
  options: QuicConfigOptions,
): QuicheConfig {
  const config = quiche.Config.withBoringSslCtx(
    true,
    true,
    null,
    credentials === undefined ? null : [Buffer.from(credentials.keyPem)],
    credentials === undefined ? null : [Buffer.from(credentials.certificatePem)],
    'ed25519',
  );
  config.setApplicationProtos([options.alpn ?? ALPN]);
  config.setMaxIdleTimeout(options.idleTimeoutMs);
  const connectionBytes = options.windowBytes ?? CONNECTION_WINDOW_BYTES;
  const streamBytes = options.windowBytes ?? STREAM_WINDOW_BYTES;
  config.setInitialMaxData(connectionBytes);
  config.setInitialMaxStreamDataBidiLocal(streamBytes);
  config.setInitialMaxStreamDataBidiRemote(Math.min(streamBytes, REQUEST_WINDOW_BYTES));
  config.setInitialMaxStreamDataUni(Math.min(streamBytes, BULK_WINDOW_BYTES));
  config.setMaxConnectionWindow(connectionBytes);
  config.setMaxStreamWindow(streamBytes);
  config.setInitialMaxStreamsBidi(CONCURRENT_STREAMS_MAX);
  config.setInitialMaxStreamsUni(CONCURRENT_STREAMS_MAX);
  config.setActiveConnectionIdLimit(CONNECTION_IDS_MAX);
  // The binding hides the time at which a packet should leave, so quiche's pacing cannot be honoured.
  config.enablePacing(false);
  return config;
}

/**
 * Sets what depends on the path for the next connection made from `config`. BBR holds its rate where packets get lost at
 * random, and cubic collapses; between two processes of one machine nothing is lost but what a full buffer drops, and
 * cubic moved a gigabyte in 4.1 s where BBR took 5.3 to 6.6 (docs/adr/0006-quic-driver.md).
 */
export function fitToPath(
  config: QuicheConfig,
  path: { readonly payloadBytes: number; readonly congestionControl: CongestionControlSetting },
): void {
  const { payloadBytes, congestionControl } = path;
  config.setMaxRecvUdpPayloadSize(payloadBytes);
  config.setMaxSendUdpPayloadSize(payloadBytes);
  const isSameMachine = payloadBytes === UDP_PAYLOAD_MAX_BYTES;
  const byPath: CongestionControl = isSameMachine ? 'cubic' : 'bbr';
  config.setCcAlgorithmName(congestionControl === 'auto' ? byPath : congestionControl);
}
