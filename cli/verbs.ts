/** Every verb, in the order of the help; each is loaded only when it is used. */
import type { Verb } from './verb.ts';

export type VerbEntry = {
  readonly summary: string;
  readonly load: () => Promise<Verb>;
};

export const VERBS: Readonly<Record<string, VerbEntry>> = {
  init: {
    summary: 'make a new repository',
    load: async () => (await import('./commands/init.ts')).init,
  },
  clone: {
    summary: 'get a repository from a peer',
    load: async () => (await import('./commands/clone.ts')).clone,
  },
  status: {
    summary: 'show what changed since the last commit',
    load: async () => (await import('./commands/status.ts')).status,
  },
  add: {
    summary: 'take files in for the next commit',
    load: async () => (await import('./commands/add.ts')).add,
  },
  rm: {
    summary: 'remove files from the working tree and the next commit',
    load: async () => (await import('./commands/rm.ts')).rm,
  },
  mv: {
    summary: 'rename or move files',
    load: async () => (await import('./commands/mv.ts')).mv,
  },
  commit: {
    summary: 'record what was added',
    load: async () => (await import('./commands/commit.ts')).commit,
  },
  log: {
    summary: 'show the history',
    load: async () => (await import('./commands/log.ts')).log,
  },
  show: {
    summary: 'show a commit and what it changed',
    load: async () => (await import('./commands/show.ts')).show,
  },
  diff: {
    summary: 'show what differs',
    load: async () => (await import('./commands/diff.ts')).diff,
  },
  checkout: {
    summary: 'write a commit, or some of its files, to the working tree',
    load: async () => (await import('./commands/checkout.ts')).checkout,
  },
  switch: {
    summary: 'change to another branch',
    load: async () => (await import('./commands/switch.ts')).switchBranch,
  },
  restore: {
    summary: 'put files back as they were',
    load: async () => (await import('./commands/restore.ts')).restore,
  },
  reset: {
    summary: 'move the branch back, and take back what was added',
    load: async () => (await import('./commands/reset.ts')).reset,
  },
  'ls-files': {
    summary: 'list the files that are tracked',
    load: async () => (await import('./commands/ls-files.ts')).lsFiles,
  },
  branch: {
    summary: 'list, make, rename or delete branches',
    load: async () => (await import('./commands/branch.ts')).branch,
  },
  tag: {
    summary: 'list, make or delete tags',
    load: async () => (await import('./commands/tag.ts')).tag,
  },
  fetch: {
    summary: 'bring what a remote has and this repository lacks',
    load: async () => (await import('./commands/fetch.ts')).fetch,
  },
  pull: {
    summary: 'fetch, then move the branch forward',
    load: async () => (await import('./commands/pull.ts')).pull,
  },
  push: {
    summary: 'send what a remote lacks, then move its branch',
    load: async () => (await import('./commands/push.ts')).push,
  },
  remote: {
    summary: 'name the addresses of other repositories',
    load: async () => (await import('./commands/remote.ts')).remote,
  },
  config: {
    summary: 'read and change settings',
    load: async () => (await import('./commands/config.ts')).config,
  },
  id: {
    summary: "show this machine's peer id",
    load: async () => (await import('./commands/id.ts')).id,
  },
  peer: {
    summary: 'decide who may connect, and to what',
    load: async () => (await import('./commands/peer.ts')).peer,
  },
  limit: {
    summary: 'limit the bandwidth of transfers, of all or with one peer',
    load: async () => (await import('./commands/limit.ts')).limit,
  },
  pause: {
    summary: 'hold transfers where they are',
    load: async () => (await import('./commands/pause.ts')).pause,
  },
  resume: {
    summary: 'let paused transfers go on',
    load: async () => (await import('./commands/pause.ts')).resume,
  },
  peers: {
    summary: 'show who is on the same network, and what they share',
    load: async () => (await import('./commands/peers.ts')).peers,
  },
  node: {
    summary: 'run a peer that others can connect to',
    load: async () => (await import('./commands/node.ts')).node,
  },
  fsck: {
    summary: 'check every stored byte, and repair',
    load: async () => (await import('./commands/fsck.ts')).fsck,
  },
  gc: {
    summary: 'remove what nothing refers to',
    load: async () => (await import('./commands/gc.ts')).gc,
  },
  stats: {
    summary: 'show how much is stored, and what deduplication saves',
    load: async () => (await import('./commands/stats.ts')).stats,
  },
  try: {
    summary: 'watch two nodes and a relay sync on this machine',
    load: async () => (await import('./commands/try.ts')).tryOut,
  },
};
