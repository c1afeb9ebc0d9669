/**
 * Payload buffers to use again. A transfer would otherwise allocate every byte it receives outside the JavaScript heap,
 * and the collector, which watches that total, would run a hundred times per gigabyte.
 */

/** Batches aim at 1 MiB of records; what describes them, and a last record that overshoots, fit into the rest. */
const POOLED_SIZE_BYTES: number = 1536 * 1024;
/**
 * Shorter payloads get memory of their own length. A buffer of the pool then holds at most three times what was asked
 * for, so that a peer that sends many small frames cannot take more than three windows of memory.
 */
const POOLED_PAYLOAD_MIN_BYTES: number = 512 * 1024;
/** Buffers kept for later: a few more than are being stored at a time. */
const POOLED_COUNT_MAX = 12;

/** Bytes that a pool takes for a payload. */
export function pooledBytes(length: number): number {
  const isPooled = length >= POOLED_PAYLOAD_MIN_BYTES && length <= POOLED_SIZE_BYTES;
  return isPooled ? POOLED_SIZE_BYTES : length;
}

export class PayloadPool {
  #free: Buffer[] = [];

  /** Memory for a payload, its content undefined. */
  take(length: number): Buffer {
    if (pooledBytes(length) === length) return Buffer.allocUnsafeSlow(length);
    const buffer = this.#free.pop() ?? Buffer.allocUnsafeSlow(POOLED_SIZE_BYTES);
    return buffer.subarray(0, length);
  }

  /** Takes memory back that nobody reads any more. */
  give(payload: Buffer): void {
    if (payload.buffer.byteLength !== POOLED_SIZE_BYTES) return;
    if (this.#free.length < POOLED_COUNT_MAX) this.#free.push(Buffer.from(payload.buffer));
  }

  /** Lets go of what is kept: a connection that is idle holds no buffers. */
  clear(): void {
    this.#free = [];
  }
}
