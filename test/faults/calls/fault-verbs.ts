/** The commands that meet faults, and what each finds when it begins. */
import { rmSync } from 'node:fs';

import type { FaultScene, SceneCall } from './fault-scene.ts';

export type FaultVerb = {
  readonly name: string;
  /** Changes the scene so that the command has something to do. */
  readonly prepare?: (scene: FaultScene) => Promise<void> | void;
  readonly call: (scene: FaultScene) => SceneCall;
  /** Codes by which a second run says that the first had done it all. */
  readonly doneBefore?: readonly string[];
  /** Begins with something that fsck finds. */
  readonly isDamaged?: true;
};

/** A peer id that nobody has. */
const PEER = '12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN';
const MANY_FILES = 300;

const film =
  (...words: readonly string[]) =>
  (): SceneCall => ({ folder: 'film', words });
const home =
  (...words: readonly string[]) =>
  (): SceneCall => ({ words });

function change(scene: FaultScene): void {
  scene.change(3);
}

async function stage(scene: FaultScene): Promise<void> {
  scene.change(3);
  await scene.done('film', 'add', '-A');
}

async function push(scene: FaultScene): Promise<void> {
  await scene.done('film', 'push', 'origin', 'main');
}

export const FAULT_VERBS: readonly FaultVerb[] = [
  { name: 'status', prepare: change, call: film('status') },
  { name: 'log', call: film('log') },
  { name: 'init', call: home('init', 'sound') },
  { name: 'add', prepare: change, call: film('add', '-A') },
  {
    name: 'add-many',
    prepare: (scene) => {
      for (let file = 0; file < MANY_FILES; file += 1) {
        scene.write(`film/frames/${file}.dpx`, `frame ${file}`);
      }
    },
    call: film('add', '-A'),
  },
  {
    name: 'commit',
    prepare: stage,
    call: film('commit', '-m', 'Third'),
    doneBefore: ['DITS_REPO_NOTHING_TO_COMMIT'],
  },
  {
    name: 'rm',
    call: film('rm', 'shots/1.exr'),
    doneBefore: ['DITS_REPO_PATH_NOT_FOUND'],
  },
  {
    name: 'mv',
    call: film('mv', 'shots/1.exr', 'first.exr'),
    doneBefore: ['DITS_REPO_PATH_NOT_FOUND'],
  },
  { name: 'switch', call: film('switch', 'other') },
  { name: 'checkout', call: film('checkout', 'HEAD~1', '--', '.') },
  { name: 'restore', prepare: change, call: film('restore', '.') },
  { name: 'reset', prepare: stage, call: film('reset', '--hard', 'other') },
  { name: 'branch', call: film('branch', 'new'), doneBefore: ['DITS_REPO_REF_EXISTS'] },
  { name: 'tag', call: film('tag', '-m', 'Sent', 'v1'), doneBefore: ['DITS_REPO_REF_EXISTS'] },
  { name: 'config', call: film('config', 'set', 'user.name', 'Eve') },
  {
    name: 'remote',
    call: film('remote', 'add', 'other', '/nowhere/else'),
    doneBefore: ['DITS_REPO_REMOTE_EXISTS'],
  },
  {
    name: 'gc',
    prepare: async (scene) => {
      await stage(scene);
      await scene.done('film', 'reset', '--hard');
    },
    call: film('gc', '--grace-minutes', '0', '--expire-reflog'),
  },
  { name: 'fsck', call: film('fsck') },
  {
    name: 'repair',
    isDamaged: true,
    prepare: async (scene) => {
      await push(scene);
      scene.damage('film/.dits/segments/00000001.seg');
    },
    call: film('fsck', '--repair'),
  },
  { name: 'rebuild-index', call: film('fsck', '--rebuild-index') },
  { name: 'push', call: film('push', 'origin', 'main') },
  {
    name: 'fetch',
    prepare: push,
    call: () => ({ folder: 'copy', words: ['fetch'] }),
  },
  {
    name: 'pull',
    prepare: push,
    call: () => ({ folder: 'copy', words: ['pull'] }),
  },
  {
    name: 'clone',
    prepare: async (scene) => {
      await push(scene);
      rmSync(scene.path('copy'), { recursive: true });
    },
    call: (scene) => ({ words: ['clone', scene.path('store'), 'copy'] }),
    doneBefore: ['DITS_CLI_TARGET_EXISTS'],
  },
  {
    name: 'id',
    prepare: (scene) => rmSync(scene.path('home/identity.pem')),
    call: home('id'),
  },
  { name: 'rotate', call: home('id', '--rotate') },
  { name: 'peer-add', call: home('peer', 'add', PEER, '--name', 'eve') },
  {
    name: 'peer-remove',
    prepare: async (scene) => {
      await scene.done('', 'peer', 'add', PEER, '--name', 'eve');
    },
    call: home('peer', 'remove', 'eve'),
    doneBefore: ['DITS_CLI_NO_SUCH_PEER'],
  },
];
