/** How a lane begins: mutual TLS with the peers' own keys, then a greeting that says which connection it belongs to. */
import type { TLSSocket } from 'node:tls';
import { ProtocolError } from '../../protocol/index.ts';
import type { Credentials } from '../identity/certificate.ts';
import { publicKeyOfCertificate } from '../identity/certificate.ts';
import { peerIdFromPublicKey } from '../identity/peer-id.ts';
import { LANE_ALPN } from './lane-limits.ts';

/** AES with 128-bit keys is the fastest on processors with AES instructions; the other is for those without. */
const CIPHERS = 'TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256';

/** TLS options of both ends. Certificates are self-signed, so who the peer is gets checked by its key (`peerIdOf`). */
export function laneTlsOptions({ keyPem, certificatePem }: Credentials): {
  readonly key: string;
  readonly cert: string;
  readonly minVersion: 'TLSv1.3';
  readonly ciphers: string;
  readonly ALPNProtocols: string[];
  readonly rejectUnauthorized: false;
} {
  return {
    key: keyPem,
    cert: certificatePem,
    minVersion: 'TLSv1.3',
    ciphers: CIPHERS,
    ALPNProtocols: [LANE_ALPN],
    rejectUnauthorized: false,
  };
}

/** The identity that the other end of a finished handshake has proven; undefined when it has not, or speaks something else. */
export function peerIdOf(tls: TLSSocket): string | undefined {
  if (tls.alpnProtocol !== LANE_ALPN) return undefined;
  const certificate = tls.getPeerX509Certificate();
  const key = certificate === undefined ? undefined : publicKeyOfCertificate(certificate.raw);
  return key === undefined ? undefined : peerIdFromPublicKey(key);
}

/** Aborts when a socket closes. */
export function closeSignal(socket: TLSSocket): AbortSignal {
  const controller = new AbortController();
  socket.once('close', () => controller.abort());
  return controller.signal;
}

/**
 * Reads exactly `length` bytes and leaves the socket paused. What came beyond them is put back.
 * @throws ProtocolError DITS_PROTOCOL_CONNECTION_LOST when the socket ends before
 */
export async function readGreeting(tls: TLSSocket, length: number): Promise<Buffer> {
  return await new Promise<Buffer>((resolve, reject) => {
    const onReadable = (): void => {
      const bytes = tls.read(length) as Buffer | null;
      if (bytes === null) return;
      finish();
      resolve(bytes);
    };
    const onClose = (): void => {
      finish();
      const what = 'a bulk lane ended before its greeting';
      reject(new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', what));
    };
    const finish = (): void => {
      tls.off('readable', onReadable);
      tls.off('close', onClose);
      tls.off('end', onClose);
    };
    tls.on('readable', onReadable);
    tls.on('close', onClose);
    tls.on('end', onClose);
  });
}
