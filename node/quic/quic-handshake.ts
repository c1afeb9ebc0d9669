/** The beginning of a connection: waits for TLS to finish and reads the peer's identity from its certificate. */
import type { CloseReason } from '../../protocol/index.ts';
import { CLOSE_CODE } from '../close-codes.ts';
import { publicKeyOfCertificate } from '../identity/certificate.ts';
import { peerIdFromPublicKey } from '../identity/peer-id.ts';
import { NodeError } from '../node-error.ts';
import type { QuicEngine } from './quic-engine.ts';

/** The handshake ended before it was done. */
export class HandshakeFailure extends Error {
  readonly reason: CloseReason;

  constructor(reason: CloseReason) {
    super(`the handshake failed: ${reason.reason}`);
    this.name = 'HandshakeFailure';
    this.reason = reason;
  }
}

export type HandshakeOptions = {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Resolves with the peer id that the other side has proven. Nothing of the application has been exchanged by then.
 * On failure the connection is closed.
 * @throws HandshakeFailure, NodeError DITS_NODE_IDENTITY_MISMATCH (no usable certificate), the signal's reason
 */
export async function completeHandshake(
  engine: QuicEngine,
  { timeoutMs, signal }: HandshakeOptions,
): Promise<string> {
  signal?.throwIfAborted();
  let onAbort: (() => void) | undefined;
  const timer = setTimeout(() => {
    engine.destroy({ by: 'timeout', code: CLOSE_CODE.timeout, reason: 'no answer in time' });
  }, timeoutMs);
  try {
    await new Promise<void>((resolve, reject) => {
      engine.setOwner({
        onReceived: () => undefined,
        onProgress: () => {
          if (engine.native.isEstablished() && !engine.native.isDraining()) resolve();
        },
        hasPendingWrites: () => false,
        onEnded: (reason) => {
          reject(new HandshakeFailure(reason));
        },
      });
      onAbort = () => {
        reject(signal?.reason as Error);
        engine.abort(CLOSE_CODE.normal, 'cancelled');
      };
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  } finally {
    clearTimeout(timer);
    if (onAbort !== undefined) signal?.removeEventListener('abort', onAbort);
  }
  const certificate = engine.native.peerCertChain()?.[0];
  const publicKey = certificate === undefined ? undefined : publicKeyOfCertificate(certificate);
  if (publicKey === undefined) {
    engine.abort(CLOSE_CODE.identityMismatch, 'an Ed25519 certificate is required');
    throw new NodeError('DITS_NODE_IDENTITY_MISMATCH', 'the peer showed no Ed25519 certificate');
  }
  return peerIdFromPublicKey(publicKey);
}
