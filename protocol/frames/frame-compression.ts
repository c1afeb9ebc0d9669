/** The COMPRESSED flag: a payload that travels as one zstd frame, inflated only within its message's limit. */
import { StoreError, compress, decompressWithin } from '../../store/index.ts';
import { ProtocolError } from '../protocol-error.ts';

/** The payload's compressed form, or undefined when it would not pay. */
export async function deflatePayload(payload: Uint8Array): Promise<Buffer | undefined> {
  return compress(payload);
}

/**
 * Inflates a payload to at most `sizeMaxBytes`.
 * @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE when it is not one intact zstd frame within that size
 */
export async function inflatePayload(packed: Uint8Array, sizeMaxBytes: number): Promise<Buffer> {
  try {
    return await decompressWithin(packed, sizeMaxBytes);
  } catch (cause) {
    if (!(cause instanceof StoreError)) throw cause;
    const what = 'a compressed payload is damaged or holds too much';
    throw new ProtocolError('DITS_PROTOCOL_INVALID_MESSAGE', what, { cause });
  }
}
