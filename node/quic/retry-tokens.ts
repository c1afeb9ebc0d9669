/**
 * Retry tokens (RFC 9000 section 8.1.2): a newcomer proves that it receives packets at its address before this side
 * keeps any state for it. A token holds all that is needed to go on, sealed with a key of this process:
 * `time (8 bytes) | length of the first connection id (1) | first connection id | HMAC-SHA-256 cut to 16 bytes`.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { SocketAddress } from './socket-address.ts';
import { RETRY_TOKEN_LIFETIME_MS } from './quic-limits.ts';

const KEY_BYTES = 32;
const MAC_BYTES = 16;
const TIME_BYTES = 8;
/** Longest connection id of QUIC version 1 (RFC 9000 section 17.2). */
const CONNECTION_ID_MAX_BYTES = 20;

export class RetryTokens {
  readonly #key = randomBytes(KEY_BYTES);
  readonly #nowMs: () => number;

  constructor(deps: { readonly nowMs: () => number }) {
    this.#nowMs = deps.nowMs;
  }

  /** A token for a client at `from` that first called this side `firstId` and is to call it `newId`. */
  mint(from: SocketAddress, firstId: Uint8Array, newId: Uint8Array): Uint8Array {
    const head = Buffer.alloc(TIME_BYTES + 1);
    head.writeBigUInt64BE(BigInt(Math.trunc(this.#nowMs())));
    head.writeUInt8(firstId.length, TIME_BYTES);
    const body = Buffer.concat([head, firstId]);
    return Buffer.concat([body, this.#mac(body, from, newId)]);
  }

  /** The first connection id inside a token that is genuine, fresh and of this client, else undefined. */
  open(token: Uint8Array, from: SocketAddress, newId: Uint8Array): Uint8Array | undefined {
    const lengthMax = TIME_BYTES + 1 + CONNECTION_ID_MAX_BYTES + MAC_BYTES;
    if (token.length < TIME_BYTES + 1 + MAC_BYTES || token.length > lengthMax) return undefined;
    const bytes = Buffer.from(token);
    const body = bytes.subarray(0, bytes.length - MAC_BYTES);
    const mac = bytes.subarray(bytes.length - MAC_BYTES);
    if (!timingSafeEqual(mac, this.#mac(body, from, newId))) return undefined;
    const ageMs = this.#nowMs() - Number(body.readBigUInt64BE());
    if (ageMs < 0 || ageMs > RETRY_TOKEN_LIFETIME_MS) return undefined;
    const firstId = body.subarray(TIME_BYTES + 1);
    return firstId.length === body[TIME_BYTES] ? Uint8Array.from(firstId) : undefined;
  }

  #mac(body: Uint8Array, from: SocketAddress, newId: Uint8Array): Uint8Array {
    return createHmac('sha256', this.#key)
      .update(body)
      .update(newId)
      .update(`${from.host}|${from.port}`)
      .digest()
      .subarray(0, MAC_BYTES);
  }
}
