/** The commands that are killed: how each is called, and what must hold once it was called again. */
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';

import type { Json, RunOptions } from '../../cli/sandbox.ts';
import type { KillScene } from './kill-scene.ts';

export type Call = {
  readonly words: readonly string[];
  /** Within the studio; the studio itself when left out. */
  readonly folder?: string;
  readonly options?: RunOptions;
  /** Notes what the command answered for: the killed run, if it came so far, or else the one that was let through. */
  readonly answered?: (result: Json) => void;
  /** Checks that it is done, and tidies up. */
  readonly after?: () => Promise<void>;
};

export type KillVerb = {
  readonly name: string;
  /** Talks to the relay, which may then be killed in place of the command. */
  readonly isRemote?: true;
  /** Codes by which the second run says that the first had done it all. */
  readonly doneBefore?: readonly string[];
  readonly prepare: (scene: KillScene) => Promise<Call>;
};

const SPARE: RunOptions = { home: 'spare' };

function film(...words: readonly string[]): Call {
  return { folder: 'film', words };
}

async function stageChange(scene: KillScene): Promise<void> {
  await scene.change();
  await scene.studio.json('film', ['add', '-A']);
}

async function record(scene: KillScene): Promise<void> {
  const { id } = await scene.studio.json('film', ['commit', '-m', scene.name('take')]);
  scene.committed(String(id));
}

async function recordChange(scene: KillScene): Promise<void> {
  await stageChange(scene);
  await record(scene);
}

/** Records what an `add`, `rm` or `mv` staged, which shows that it did. */
function thenRecord(scene: KillScene, call: Call): Call {
  return { ...call, after: () => record(scene) };
}

const LOCAL_VERBS: readonly KillVerb[] = [
  {
    name: 'add',
    prepare: async (scene) => {
      await scene.change();
      return thenRecord(scene, film('add', '-A'));
    },
  },
  {
    name: 'commit',
    doneBefore: ['DITS_REPO_NOTHING_TO_COMMIT'],
    prepare: async (scene) => {
      await stageChange(scene);
      return {
        ...film('commit', '-m', scene.name('take')),
        answered: ({ id }) => scene.committed(String(id)),
      };
    },
  },
  {
    name: 'rm',
    doneBefore: ['DITS_REPO_PATH_NOT_FOUND'],
    prepare: (scene) => {
      const name = scene.anyFile();
      scene.files.delete(name);
      return Promise.resolve(thenRecord(scene, film('rm', name)));
    },
  },
  {
    name: 'mv',
    doneBefore: ['DITS_REPO_PATH_NOT_FOUND'],
    prepare: (scene) => {
      const from = scene.anyFile();
      const to = `shots/${scene.name('moved')}`;
      scene.files.set(to, scene.files.get(from)!);
      scene.files.delete(from);
      return Promise.resolve(thenRecord(scene, film('mv', from, to)));
    },
  },
  {
    name: 'switch',
    prepare: async (scene) => {
      const name = scene.name('branch');
      await scene.studio.json('film', ['branch', name]);
      await recordChange(scene);
      await scene.studio.json('film', ['switch', name]);
      return film('switch', 'main');
    },
  },
  {
    name: 'checkout',
    prepare: async (scene) => {
      await recordChange(scene);
      const after = async (): Promise<void> => {
        await scene.studio.json('film', ['reset', '--hard']);
      };
      return { ...film('checkout', 'HEAD~1', '--', '.'), after };
    },
  },
  {
    name: 'reset',
    prepare: async (scene) => {
      const files = new Map(scene.files);
      await stageChange(scene);
      scene.files.clear();
      for (const [name, b3] of files) scene.files.set(name, b3);
      return film('reset', '--hard');
    },
  },
  {
    name: 'branch',
    doneBefore: ['DITS_REPO_REF_EXISTS'],
    prepare: (scene) => Promise.resolve(film('branch', scene.name('branch'))),
  },
  {
    name: 'tag',
    doneBefore: ['DITS_REPO_REF_EXISTS'],
    prepare: (scene) => Promise.resolve(film('tag', '-m', 'As sent', scene.name('tag'))),
  },
  {
    name: 'config',
    prepare: (scene) => {
      const name = scene.name('Ada');
      return Promise.resolve({
        ...film('config', 'set', 'user.name', name),
        after: async () => {
          const { value } = await scene.studio.json('film', ['config', 'get', 'user.name']);
          assert.equal(value, name);
        },
      });
    },
  },
  {
    name: 'gc',
    prepare: async (scene) => {
      // What was added first is garbage once other content was added in its place.
      await stageChange(scene);
      await stageChange(scene);
      return thenRecord(scene, film('gc', '--grace-minutes', '0', '--expire-reflog'));
    },
  },
  { name: 'fsck --repair', prepare: () => Promise.resolve(film('fsck', '--repair')) },
  { name: 'fsck --rebuild-index', prepare: () => Promise.resolve(film('fsck', '--rebuild-index')) },
];

const TRUST_VERBS: readonly KillVerb[] = [
  {
    name: 'peer add',
    prepare: async (scene) => {
      const name = scene.name('peer');
      const { peerId } = await scene.studio.identity(name);
      return {
        words: ['peer', 'add', peerId, '--name', name],
        options: SPARE,
        after: async () => {
          const { peers } = await scene.studio.json('', ['peer', 'list'], SPARE);
          const names = (peers as readonly Json[]).map((peer) => String(peer['name']));
          assert.ok(names.includes(name), names.join());
        },
      };
    },
  },
  {
    name: 'peer rename',
    doneBefore: ['DITS_CLI_NO_SUCH_PEER'],
    prepare: async (scene) => {
      const name = scene.name('peer');
      const { peerId } = await scene.studio.identity(name);
      await scene.studio.json('', ['peer', 'add', peerId, '--name', name], SPARE);
      return { words: ['peer', 'rename', name, scene.name('renamed')], options: SPARE };
    },
  },
  {
    name: 'peer remove',
    doneBefore: ['DITS_CLI_NO_SUCH_PEER'],
    prepare: async (scene) => {
      const name = scene.name('peer');
      const { peerId } = await scene.studio.identity(name);
      await scene.studio.json('', ['peer', 'add', peerId, '--name', name], SPARE);
      return { words: ['peer', 'remove', name], options: SPARE };
    },
  },
  {
    name: 'id --rotate',
    prepare: async (scene) => {
      const { peerId: before } = await scene.studio.json('', ['id'], SPARE);
      return {
        words: ['id', '--rotate'],
        options: SPARE,
        after: async () => {
          const { peerId, formerly } = await scene.studio.json('', ['id'], SPARE);
          assert.notEqual(peerId, before);
          assert.ok((formerly as readonly unknown[]).includes(before), 'the statement is kept');
        },
      };
    },
  },
];

const REMOTE_VERBS: readonly KillVerb[] = [
  {
    name: 'push',
    isRemote: true,
    prepare: async (scene) => {
      await recordChange(scene);
      return {
        ...film('push', 'origin', 'main'),
        answered: () => {
          for (const commit of scene.ledger.commits) scene.pushed.add(commit);
        },
      };
    },
  },
  {
    name: 'fetch',
    isRemote: true,
    prepare: async (scene) => {
      await pushChange(scene);
      return { folder: 'copy', words: ['fetch', 'origin'] };
    },
  },
  {
    name: 'pull',
    isRemote: true,
    prepare: async (scene) => {
      await pushChange(scene);
      return {
        folder: 'copy',
        words: ['pull', 'origin', 'main'],
        after: async () => {
          const { clean, head } = await scene.studio.json('copy', ['status']);
          assert.deepEqual([clean, head], [true, scene.ledger.commits.at(-1)]);
        },
      };
    },
  },
  {
    name: 'clone',
    isRemote: true,
    doneBefore: ['DITS_CLI_TARGET_EXISTS'],
    prepare: async (scene) => {
      await rm(scene.studio.path('copy'), { recursive: true, force: true });
      return { words: ['clone', scene.node.at('film'), 'copy'] };
    },
  },
];

async function pushChange(scene: KillScene): Promise<void> {
  await recordChange(scene);
  await scene.studio.json('film', ['push', 'origin', 'main']);
  for (const commit of scene.ledger.commits) scene.pushed.add(commit);
}

export const KILL_VERBS: readonly KillVerb[] = [...LOCAL_VERBS, ...TRUST_VERBS, ...REMOTE_VERBS];
