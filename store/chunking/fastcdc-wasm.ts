/** FastCDC in WebAssembly: assembly/fastcdc.ts, compiled into gen/, at some 3 GB/s with the copy into its memory. */
import type { ChunkProfile } from './chunk-profiles.ts';
import type { Chunker } from './chunker.ts';
import { fastCdcMasks } from './fastcdc-masks.ts';
import { FASTCDC_WASM_BASE64 } from './gen/fastcdc-wasm.ts';

/** The part of the platform's WebAssembly that is used here; Node's own type declarations leave it out. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
};

type Global<T> = { value: T };

/** What assembly/fastcdc.ts exports. 64-bit values cross as BigInt. */
type FastCdcExports = {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly hash: Global<bigint>;
  readonly filled: Global<number>;
  readonly minBytes: Global<number>;
  readonly averageBytes: Global<number>;
  readonly maxBytes: Global<number>;
  readonly strictMask: Global<bigint>;
  readonly looseMask: Global<bigint>;
  inputAddress(): number;
  inputSize(): number;
  cutsAddress(): number;
  cutsCountMax(): number;
  scan(length: number): number;
};

type Scanner = {
  readonly code: FastCdcExports;
  readonly input: Uint8Array;
  readonly ends: Uint32Array;
};

/**
 * One instance serves every chunker of the thread: each call loads the chunker's state before it scans and takes it
 * back after. Made at first use.
 */
let shared: Scanner | undefined;

function scanner(): Scanner {
  shared ??= instantiate();
  return shared;
}

function instantiate(): Scanner {
  const module = new WebAssembly.Module(Buffer.from(FASTCDC_WASM_BASE64, 'base64'));
  const code = new WebAssembly.Instance(module).exports as FastCdcExports;
  const input = new Uint8Array(code.memory.buffer, code.inputAddress(), code.inputSize());
  const ends = new Uint32Array(code.memory.buffer, code.cutsAddress(), code.cutsCountMax());
  return { code, input, ends };
}

/** The chunker in use. */
export function createWasmChunker(profile: ChunkProfile): Chunker {
  const masks = fastCdcMasks(profile);
  let hash = 0n;
  let filled = 0;

  function load(code: FastCdcExports): void {
    code.minBytes.value = profile.minBytes;
    code.averageBytes.value = profile.averageBytes;
    code.maxBytes.value = profile.maxBytes;
    code.strictMask.value = masks.strict;
    code.looseMask.value = masks.loose;
    code.hash.value = hash;
    code.filled.value = filled;
  }

  return {
    profile,
    cuts(bytes, isLast) {
      const found: number[] = [];
      if (isLast && filled + bytes.length <= profile.minBytes) {
        if (filled + bytes.length > 0) found.push(bytes.length);
        filled = 0;
        return found;
      }
      const { code, input, ends } = scanner();
      load(code);
      // Chunks are longer than the minimum, so the cuts of one scan fit the room there is for them.
      const step = Math.min(input.length, ends.length * profile.minBytes);
      for (let offset = 0; offset < bytes.length; offset += step) {
        const piece = bytes.subarray(offset, offset + step);
        input.set(piece);
        const count = code.scan(piece.length);
        for (let index = 0; index < count; index++) found.push(offset + ends[index]!);
      }
      hash = code.hash.value;
      filled = code.filled.value;
      if (isLast) {
        if (filled > 0) found.push(bytes.length);
        filled = 0;
      }
      return found;
    },
  };
}
