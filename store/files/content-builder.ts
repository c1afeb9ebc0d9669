/** From a file's chunks to its content: nothing, the one chunk itself, or a manifest over several. */
import type { ChunkProfile } from '../chunking/chunk-profiles.ts';
import type { ObjectWriter } from '../object-store.ts';
import { ManifestBuilder } from '../objects/manifest-builder.ts';
import type { ChunkRef } from '../objects/manifest.ts';
import type { FileContent } from '../objects/tree.ts';

/** Takes chunks in file order. */
export class ContentBuilder {
  readonly #writer: ObjectWriter;
  readonly #profile: ChunkProfile;
  #first: ChunkRef | undefined;
  #manifest: ManifestBuilder | undefined;

  constructor(writer: ObjectWriter, profile: ChunkProfile) {
    this.#writer = writer;
    this.#profile = profile;
  }

  /** Adds the next chunk. A promise is returned only when a full node of the manifest has to be written. */
  add(chunk: ChunkRef): void | Promise<void> {
    if (this.#first === undefined) {
      this.#first = chunk;
      return undefined;
    }
    const manifest = this.#manifest;
    if (manifest !== undefined) return manifest.add(chunk);
    return this.#startManifest(this.#first, chunk);
  }

  /** The content, once every chunk was added. Writes what is left of the manifest. */
  async finish(fileHash: string): Promise<FileContent> {
    if (this.#first === undefined) return { kind: 'empty' };
    if (this.#manifest === undefined) return { kind: 'chunk', id: this.#first.id };
    const id = await this.#manifest.finish({ fileHash, profile: this.#profile.number });
    return { kind: 'manifest', id };
  }

  async #startManifest(first: ChunkRef, second: ChunkRef): Promise<void> {
    this.#manifest = new ManifestBuilder(this.#writer);
    await this.#manifest.add(first);
    await this.#manifest.add(second);
  }
}
