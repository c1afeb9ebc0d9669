/** BLAKE3-256 in JavaScript: for platforms without a native build, and to hold the native one against in tests. */
import { blake3 } from '@noble/hashes/blake3.js';
import type { HashFunction } from './blake3.ts';

export const portableHash: HashFunction = {
  name: 'portable',
  hash: (bytes) => Buffer.from(blake3(bytes)),
  hashInContext: (context, bytes) => Buffer.from(blake3(bytes, { context: Buffer.from(context) })),
  createHasher() {
    const state = blake3.create();
    return {
      update: (bytes) => void state.update(bytes),
      digest: () => Buffer.from(state.digest()),
    };
  },
};
