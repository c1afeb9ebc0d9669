/** A writer that keeps what is put, for a put that others share. */
import { objectId } from '../hash/blake3.ts';
import type { NewObject, ObjectRecord, ObjectWriter, PutResult } from '../object-store.ts';

/** Answers puts at once; the objects are stored when the owner puts them. Records and flushes go through. */
export class CollectingWriter implements ObjectWriter {
  readonly #target: ObjectWriter;
  readonly #collect: (object: NewObject) => void;

  constructor(target: ObjectWriter, collect: (object: NewObject) => void) {
    this.#target = target;
    this.#collect = collect;
  }

  put(objects: readonly NewObject[]): Promise<PutResult[]> {
    const results = objects.map((object) => {
      const id = object.id ?? objectId(object.kind, object.bytes);
      this.#collect({ ...object, id });
      return { id, isNew: true, storedSize: 0 };
    });
    return Promise.resolve(results);
  }

  putRecords(records: readonly ObjectRecord[]): Promise<PutResult[]> {
    return this.#target.putRecords(records);
  }

  flush(): Promise<void> {
    return this.#target.flush();
  }
}
