/** The COMPRESSED flag: a payload that travels as one zstd frame, inflated only within a declared, bounded size. */
import {
  compress,
  decompress,
  inspectZstdFrame,
  OBJECT_SIZE_MAX_BYTES,
} from '../../store/index.ts';
import { ProtocolError } from '../protocol-error.ts';

/** The most a compressed payload may inflate to: what the decompressor is willing to write. */
export const INFLATED_SIZE_MAX_BYTES: number = OBJECT_SIZE_MAX_BYTES;

/** The payload's compressed form, or undefined when it would not pay or could not be inflated again. */
export async function deflatePayload(payload: Uint8Array): Promise<Buffer | undefined> {
  return payload.length > INFLATED_SIZE_MAX_BYTES ? undefined : compress(payload);
}

/**
 * Inflates a payload.
 * @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE when it is not one intact frame that declares its size,
 * DITS_PROTOCOL_TOO_LARGE when it declares too much
 */
export async function inflatePayload(packed: Uint8Array): Promise<Buffer> {
  const size = inspectZstdFrame(packed)?.contentSize;
  if (size === undefined) {
    throw new ProtocolError(
      'DITS_PROTOCOL_INVALID_MESSAGE',
      'a compressed payload is not one zstd frame that declares its size',
    );
  }
  if (size > INFLATED_SIZE_MAX_BYTES) {
    throw new ProtocolError(
      'DITS_PROTOCOL_TOO_LARGE',
      `a compressed payload inflates to ${size} bytes, the limit is ${INFLATED_SIZE_MAX_BYTES}`,
    );
  }
  try {
    return await decompress(packed, size);
  } catch (cause) {
    throw new ProtocolError('DITS_PROTOCOL_INVALID_MESSAGE', 'a compressed payload is damaged', {
      cause,
    });
  }
}
