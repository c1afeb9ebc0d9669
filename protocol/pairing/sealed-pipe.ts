/** Messages between two sides that share a key: encrypted, authenticated, and in order (RFC 8439). */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

const ALGORITHM = 'chacha20-poly1305';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export type SealRole = 'a' | 'b';

export class SealedPipe {
  readonly #outward: Buffer;
  readonly #inward: Buffer;
  #sent = 0;
  #received = 0;

  /** `purpose` separates the keys from those of any other use of the shared key. */
  constructor(role: SealRole, sharedKey: Uint8Array, purpose: string) {
    const keyOf = (sender: SealRole): Buffer =>
      Buffer.from(
        hkdfSync('sha256', sharedKey, new Uint8Array(), `${purpose} from ${sender}`, KEY_BYTES),
      );
    this.#outward = keyOf(role);
    this.#inward = keyOf(role === 'a' ? 'b' : 'a');
  }

  seal(plain: Uint8Array): Uint8Array {
    const cipher = createCipheriv(ALGORITHM, this.#outward, nonceOf(this.#sent++), {
      authTagLength: TAG_BYTES,
    });
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  /** What the other side sealed; undefined when it was altered, repeated or reordered on the way. */
  open(sealed: Uint8Array): Uint8Array | undefined {
    if (sealed.length < TAG_BYTES) return undefined;
    const decipher = createDecipheriv(ALGORITHM, this.#inward, nonceOf(this.#received++), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    try {
      const plain = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES));
      return Buffer.concat([plain, decipher.final()]);
    } catch {
      // The tag does not fit: said by the undefined.
      return undefined;
    }
  }
}

function nonceOf(count: number): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt32LE(count);
  return nonce;
}
