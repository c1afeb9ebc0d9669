/** What commands have answered for, and whether a repository still holds all of it. */
import assert from 'node:assert/strict';

import { listFiles, openRepository, stagedObjects } from '../../repo/index.ts';
import { findMissing } from '../../store/index.ts';

/** The BLAKE3-256 of every file of a commit, by path. */
export type Contents = ReadonlyMap<string, string>;

export class Ledger {
  readonly #commits = new Map<string, Contents>();

  /** A commit that was acknowledged, and what is in it. */
  promise(commit: string, contents: Contents): void {
    this.#commits.set(commit, new Map(contents));
  }

  get commits(): readonly string[] {
    return [...this.#commits.keys()];
  }

  /**
   * Opens the repository as the next command would, reads every byte of it, and follows its refs, what was added, and
   * these acknowledged commits. @throws AssertionError
   */
  async check(folder: string, commits: readonly string[] = this.commits): Promise<void> {
    const repository = await openRepository(folder);
    const { store } = repository;
    try {
      const { ok, corrupt, missing, refsProblem } = await store.fsck();
      assert.deepEqual({ ok, corrupt, missing, refsProblem }, { ...SOUND, refsProblem });
      const wants = repository.isBare ? [] : await stagedObjects(repository.layout);
      const staged = await findMissing(store.objects, { wants, complete: [] });
      assert.deepEqual(staged.missing, [], 'what was added is there');
      for (const commit of commits) {
        const held = new Map<string, string>();
        for await (const { path, b3 } of listFiles(repository, { revision: commit })) {
          held.set(path, b3);
        }
        assert.deepEqual(held, this.#commits.get(commit), `acknowledged commit ${commit}`);
      }
    } finally {
      await repository.close();
    }
  }
}

const SOUND = { ok: true, corrupt: [], missing: [] };
