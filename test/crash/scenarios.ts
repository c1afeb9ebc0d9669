/** The scenarios of the crash matrix: every verb that changes something. */
import { readFileSync } from 'node:fs';

import type { Scenario, Step } from './scenario.ts';
import type { Stage } from './stage.ts';

const KIB = 1024;
const FILM = 'a/film';
/** Files that are not stored would be overwritten. */
const IN_THE_WAY = 'DITS_REPO_LOCAL_CHANGES';
const NOTHING_TO_COMMIT = 'DITS_REPO_NOTHING_TO_COMMIT';

/** A repository of this folder, with a commit of some files. */
async function film(stage: Stage, folder = FILM): Promise<void> {
  const [disk, name] = folder.split('/') as [string, string];
  await stage.must(disk, 'init', name);
  await stage.must(folder, 'config', 'set', 'user.name', 'Ada');
  await stage.must(folder, 'config', 'set', 'user.email', 'ada@example.org');
  stage.writeRandom(`${folder}/take.mov`, 300 * KIB);
  stage.writeRandom(`${folder}/sub/still.png`, 9 * KIB);
  stage.write(`${folder}/notes.txt`, 'first\n');
  await stage.must(folder, 'add', '-A');
  await stage.must(folder, 'commit', '-m', 'one');
}

/** Changes most files and records that. */
async function secondCommit(stage: Stage, folder = FILM): Promise<void> {
  stage.writeRandom(`${folder}/take.mov`, (100 + stage.random.below(300)) * KIB);
  stage.writeRandom(`${folder}/new.wav`, stage.random.below(100 * KIB));
  stage.write(`${folder}/notes.txt`, 'second\n');
  await stage.must(folder, 'add', '-A');
  await stage.must(folder, 'commit', '-m', 'two');
}

/** A bare repository on disk b that has the first commit of the one on disk a. */
async function pushedOnce(stage: Stage): Promise<void> {
  await film(stage);
  await stage.must('b', 'init', 'film', '--bare');
  await stage.must(FILM, 'remote', 'add', 'origin', '../../b/film');
  await stage.must(FILM, 'push', 'origin', 'main');
}

/** Disk a and a node on disk b that know each other; `film` is on disk a. */
async function acquainted(stage: Stage): Promise<void> {
  const ada = String((await stage.must('a', 'id'))['peerId']);
  const ben = String((await stage.must('b', 'id'))['peerId']);
  await stage.must('a', 'peer', 'add', ben, '--name', 'ben');
  await stage.must('b', 'peer', 'add', ada, '--name', 'ada', '--access', 'admin');
  await film(stage);
}

/** Disk a fetches from a node that serves the repository of disk b. */
async function servedByNode(stage: Stage): Promise<void> {
  const ada = String((await stage.must('a', 'id'))['peerId']);
  const ben = String((await stage.must('b', 'id'))['peerId']);
  await stage.must('a', 'peer', 'add', ben, '--name', 'ben');
  await stage.must('b', 'peer', 'add', ada, '--name', 'ada', '--access', 'admin');
  await film(stage, 'b/film');
}

const inFilm = (...words: string[]): Step => ({ folder: FILM, words });

const commitAgain = (...words: string[]): Step => ({
  ...inFilm('commit', ...words),
  mayEnd: [NOTHING_TO_COMMIT],
});

/** Somebody's id. */
const STRANGER = '12D3KooWGRUZmWbnEyMzTWcMwFHTy5VU6HPRWxVvhXeqHjzkFz2T';
const RELAY = ['--relay', '--create', '--data', 'data'];
/** Addresses and times of the peers that were met. */
const MET = /^home /;

/** A clone that is not complete says so in its settings, and has an empty index. */
const CLONING = /^film (config|staged)$/;

/** The same on either disk: the sender's, and the receiver's. */
function onBothDisks(scenario: Omit<Scenario, 'disk'>): Scenario[] {
  return (['a', 'b'] as const).map((disk) => ({
    ...scenario,
    name: `${scenario.name}-${disk}`,
    disk,
  }));
}

const LOCAL: readonly Scenario[] = [
  {
    name: 'init',
    disk: 'a',
    prepare: () => Promise.resolve(),
    steps: () => [
      { folder: 'a', words: ['init', 'film'] },
      { folder: 'a', words: ['init', 'bare', '--bare'] },
    ],
  },
  {
    name: 'add-commit',
    disk: 'a',
    prepare: async (stage) => {
      await film(stage);
      stage.writeRandom(`${FILM}/take.mov`, (100 + stage.random.below(300)) * KIB);
      stage.writeRandom(`${FILM}/new.wav`, stage.random.below(100 * KIB));
      stage.write(`${FILM}/notes.txt`, 'second\n');
    },
    steps: () => [inFilm('add', '-A'), commitAgain('-m', 'two')],
  },
  {
    name: 'first-commit',
    disk: 'a',
    prepare: async (stage) => {
      await stage.must('a', 'init', 'film');
      for (let count = 0; count < 12; count += 1) {
        stage.writeRandom(`${FILM}/shots/${count}.jpg`, stage.random.below(40 * KIB));
      }
    },
    steps: () => [inFilm('add', '-A'), commitAgain('-m', 'one')],
  },
  {
    name: 'commit-all',
    disk: 'a',
    prepare: async (stage) => {
      await film(stage);
      stage.writeRandom(`${FILM}/take.mov`, 80 * KIB);
    },
    steps: () => [commitAgain('-a', '-m', 'two')],
  },
  {
    name: 'remove-move',
    disk: 'a',
    prepare: film,
    steps: () => [
      { ...inFilm('rm', 'sub/still.png'), mayEnd: ['DITS_REPO_PATH_NOT_FOUND'] },
      { ...inFilm('mv', 'notes.txt', 'text.txt'), mayEnd: ['DITS_REPO_PATH_NOT_FOUND'] },
      commitAgain('-m', 'tidy'),
    ],
  },
  {
    name: 'names',
    disk: 'a',
    prepare: film,
    steps: () => [
      { ...inFilm('branch', 'topic'), mayEnd: ['DITS_REPO_REF_EXISTS'] },
      { ...inFilm('tag', 'v1'), mayEnd: ['DITS_REPO_REF_EXISTS'] },
      { ...inFilm('tag', '-a', '-m', 'cut', 'v2'), mayEnd: ['DITS_REPO_REF_EXISTS'] },
      { ...inFilm('branch', '-d', 'topic'), mayEnd: ['DITS_REPO_REVISION_NOT_FOUND'] },
      inFilm('config', 'set', 'core.syncFiles', 'true'),
      { ...inFilm('remote', 'add', 'origin', '../b'), mayEnd: ['DITS_REPO_REMOTE_EXISTS'] },
      { ...inFilm('remote', 'remove', 'origin'), mayEnd: ['DITS_REPO_REMOTE_NOT_FOUND'] },
    ],
  },
  {
    name: 'switch',
    disk: 'a',
    prepare: async (stage) => {
      await film(stage);
      await stage.must(FILM, 'branch', 'old');
      await secondCommit(stage);
    },
    steps: () => [
      { ...inFilm('switch', 'old'), insist: { [IN_THE_WAY]: [['switch', '--force', 'old']] } },
      {
        ...inFilm('checkout', 'main'),
        insist: { [IN_THE_WAY]: [['checkout', '--force', 'main']] },
      },
      {
        ...inFilm('switch', '-c', 'side', 'old'),
        insist: {
          [IN_THE_WAY]: [['switch', '--force', '-c', 'side', 'old']],
          DITS_REPO_REF_EXISTS: [['switch', '--force', 'side']],
        },
      },
      inFilm('checkout', 'main', '--', 'take.mov'),
      inFilm('restore', '--staged', '.'),
      inFilm('restore', '.'),
    ],
  },
  {
    name: 'reset',
    disk: 'a',
    prepare: async (stage) => {
      await film(stage);
      await stage.must(FILM, 'tag', 'one');
      await secondCommit(stage);
      await stage.must(FILM, 'tag', 'two');
      stage.write(`${FILM}/notes.txt`, 'third\n');
      await stage.must(FILM, 'add', '-A');
    },
    steps: () => [
      inFilm('reset'),
      inFilm('reset', '--soft', 'one'),
      inFilm('reset', '--hard', 'one'),
      inFilm('reset', '--hard', 'two'),
    ],
  },
  {
    name: 'gc',
    disk: 'a',
    prepare: async (stage) => {
      await film(stage);
      await secondCommit(stage);
      await stage.must(FILM, 'reset', '--hard', 'HEAD~1');
      stage.write(`${FILM}/staged.txt`, 'kept by gc\n');
      await stage.must(FILM, 'add', '-A');
    },
    steps: () => [inFilm('gc', '--grace-minutes', '0', '--expire-reflog'), inFilm('gc')],
  },
  {
    name: 'rebuild-index',
    disk: 'a',
    prepare: async (stage) => {
      await film(stage);
      await secondCommit(stage);
    },
    steps: () => [inFilm('fsck', '--rebuild-index')],
  },
  {
    name: 'repair',
    disk: 'a',
    isDamaged: true,
    prepare: async (stage) => {
      await pushedOnce(stage);
      const segment = `${FILM}/.dits/segments/00000001.seg`;
      const bytes = readFileSync(stage.path(segment));
      const at = 200 * KIB + stage.random.below(80 * KIB);
      bytes[at] = bytes[at]! ^ 1;
      stage.write(segment, bytes);
    },
    steps: () => [inFilm('fsck', '--repair')],
  },
];

const TRUST: readonly Scenario[] = [
  {
    name: 'identity',
    disk: 'a',
    prepare: () => Promise.resolve(),
    steps: () => [{ folder: 'a', words: ['id'] }],
  },
  {
    name: 'rotation',
    disk: 'a',
    prepare: async (stage) => {
      await stage.must('a', 'id');
      await stage.must('a', 'peer', 'add', STRANGER, '--name', 'ben');
    },
    // Peers hear of it when they are met; there is nobody to meet.
    steps: () => [{ folder: 'a', words: ['id', '--rotate'], isOnceMore: true }],
  },
  {
    name: 'peers',
    disk: 'a',
    prepare: async (stage) => {
      await stage.must('a', 'id');
      await stage.must('b', 'id');
    },
    steps: () => {
      const ben = STRANGER;
      return [
        { folder: 'a', words: ['peer', 'add', ben, '--name', 'ben'] },
        { folder: 'a', words: ['peer', 'add', ben, '--name', 'ben', '--access', 'write'] },
        {
          folder: 'a',
          words: ['peer', 'rename', 'ben', 'Benno'],
          mayEnd: ['DITS_CLI_NO_SUCH_PEER'],
        },
        { folder: 'a', words: ['config', 'set', 'user.name', 'Ada', '--user'] },
        { folder: 'a', words: ['limit', '--up', '10MB'] },
        { folder: 'a', words: ['pause'] },
        { folder: 'a', words: ['resume'] },
        { folder: 'a', words: ['peer', 'remove', 'Benno'], mayEnd: ['DITS_CLI_NO_SUCH_PEER'] },
      ];
    },
  },
];

const TRANSFERS: readonly Scenario[] = [
  ...onBothDisks({
    name: 'push-folder',
    prepare: async (stage) => {
      await pushedOnce(stage);
      await secondCommit(stage);
      await stage.must(FILM, 'tag', 'v1');
    },
    steps: () => [
      { ...inFilm('push', 'origin', 'main'), receiver: 'b/film' },
      { ...inFilm('push', 'origin', '--tags'), receiver: 'b/film' },
    ],
  }),
  ...onBothDisks({
    name: 'push-node',
    node: RELAY,
    unpromised: MET,
    prepare: acquainted,
    steps: (address) => [
      {
        ...inFilm('push', `${address}/film`, 'main'),
        again: [
          // A node makes a repository that is pushed to; a folder does not.
          ['init', '--bare', '../../b/data/film'],
          ['push', '../../b/data/film', 'main'],
        ],
        receiver: 'b/data/film',
      },
    ],
  }),
  {
    name: 'pull-folder',
    disk: 'a',
    prepare: async (stage) => {
      await film(stage, 'b/film');
      await stage.must('a', 'clone', '../b/film', 'film');
      await secondCommit(stage, 'b/film');
    },
    steps: () => [
      { ...inFilm('fetch'), receiver: FILM },
      {
        ...inFilm('pull'),
        insist: { [IN_THE_WAY]: [['reset', '--hard', 'origin/main']] },
        receiver: FILM,
      },
    ],
  },
  {
    name: 'pull-node',
    disk: 'a',
    node: ['--serve', 'film=film'],
    unpromised: MET,
    prepare: async (stage) => {
      await servedByNode(stage);
      await stage.must('a', 'clone', '../b/film', 'film');
      await secondCommit(stage, 'b/film');
    },
    steps: (address) => [
      {
        ...inFilm('pull', `${address}/film`, 'main'),
        again: [['pull', '../../b/film', 'main']],
        insist: {
          [IN_THE_WAY]: [
            ['restore', '.'],
            ['pull', '../../b/film', 'main'],
          ],
        },
        clears: FILM,
        receiver: FILM,
      },
    ],
  },
  {
    name: 'clone-folder',
    disk: 'a',
    prepare: (stage) => film(stage, 'b/film'),
    between: CLONING,
    steps: () => [
      {
        folder: 'a',
        words: ['clone', '../b/film', 'film'],
        mayEnd: ['DITS_CLI_TARGET_EXISTS'],
        insist: { [IN_THE_WAY]: [['clone', '../b/film', 'film']] },
        clears: FILM,
        receiver: FILM,
      },
    ],
  },
  {
    name: 'clone-node',
    disk: 'a',
    node: ['--serve', 'film=film'],
    unpromised: /^home |^film config/,
    between: CLONING,
    prepare: servedByNode,
    steps: (address) => [
      {
        folder: 'a',
        words: ['clone', `${address}/film`, 'film'],
        // Only the same address goes on; what a second try does is seen with a folder.
        again: [],
      },
    ],
  },
];

export const SCENARIOS: readonly Scenario[] = [...LOCAL, ...TRUST, ...TRANSFERS];
