/** `dits node`: runs a peer that others can connect to, and talks to it. */
import { join, resolve } from 'node:path';

import {
  TrustFile,
  createNode,
  loadOrCreateIdentity,
  queryNode,
  stopNode,
  type NodeOptions,
  type NodeStatus,
} from '../../node/index.ts';
import { usageError } from '../cli-error.ts';
import { collect } from '../command-line.ts';
import type { CommandContext } from '../command-context.ts';
import { createStderrLogger } from '../stderr-logger.ts';
import { readNodeSettings } from '../node-settings.ts';
import { pathText } from '../terminal/path-text.ts';
import { printable } from '../terminal/printable.ts';
import { formatBytes, formatCount, formatDuration } from '../terminal/quantities.ts';
import type { GroupVerb, LeafVerb } from '../verb.ts';
import type { VerbInput } from '../verb-input.ts';

/** Folder in the home folder where a relay keeps repositories when it is not told where. */
const DATA_FOLDER = 'repositories';

export const node: GroupVerb = {
  verbs: {
    start: {
      summary: 'run a node in the foreground until it is told to stop',
      configure: (command) => {
        command
          .option('--listen <host:port>', 'address and port, UDP and TCP; port 0 picks a free one')
          .option(
            '--serve <name=dir>',
            'serve a repository under a name; several may be given',
            collect,
          )
          .option(
            '--relay',
            'keep repositories for peers, let them reach each other here, and strangers meet by codes',
          )
          .option('--create', 'let peers with write access make repositories by pushing')
          .option('--data <dir>', 'folder of the repositories that are kept');
      },
      run: start,
    },
    status: {
      summary: 'show what the running node does',
      configure: () => undefined,
      run: async (context) => {
        const status = await queryNode(context.home);
        printStatus(context, status);
        return { fields: { running: true, ...status } };
      },
    },
    stop: {
      summary: 'stop the running node',
      configure: () => undefined,
      run: async (context) => {
        const { peerId, pid } = await stopNode(context.home);
        context.output.note(`Stopped the node (process ${pid})`);
        return { fields: { running: false, peerId, pid } };
      },
    },
  },
};

async function start(context: CommandContext, input: VerbInput): ReturnType<LeafVerb['run']> {
  const { home, output, signal, version } = context;
  const settings = await readNodeSettings(context, { listen: input.text('listen') });
  const identity = await loadOrCreateIdentity(home);
  const trust = new TrustFile(home, { now: () => new Date() });
  const logger = createStderrLogger(output, () => new Date());
  const running = await createNode(
    { identity, trust, logger },
    {
      ...foldersOf(context, input),
      ...{ home, settings, software: `dits/${version}`, isRelay: input.flag('relay') },
    },
  );
  const { peerId, addresses } = running;
  const ready = { peerId, addresses, pid: context.processId };
  output.event({ event: 'ready', ...ready });
  // Without --json too: whoever starts a node from a script reads this line.
  if (!output.options.isJson) output.line(JSON.stringify({ event: 'ready', ...ready }));
  const stop = (): void => void running.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (signal.aborted) stop();
    await running.stopped;
    await running.stop();
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return { fields: ready };
}

function foldersOf(
  { cwd, home }: CommandContext,
  input: VerbInput,
): Pick<NodeOptions, 'serve' | 'dataDirectory' | 'canCreate'> {
  const serve: Record<string, string> = {};
  for (const pair of input.texts('serve')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    const folder = pair.slice(at + 1);
    if (at < 1 || folder === '') throw usageError(`--serve takes NAME=DIR, not ${pair}`);
    if (Object.hasOwn(serve, name)) throw usageError(`--serve names ${name} twice`);
    serve[name] = resolve(cwd, folder);
  }
  const data = input.text('data');
  const keeps = data !== undefined || input.flag('relay') || input.flag('create');
  const dataDirectory = keeps ? resolve(cwd, data ?? join(home, DATA_FOLDER)) : undefined;
  return { serve, dataDirectory, canCreate: input.flag('create') };
}

function printStatus({ output }: CommandContext, status: NodeStatus): void {
  const { peerId, pid, addresses, uptimeMs, repositories, connections } = status;
  output.line(`${peerId}, process ${pid}, running for ${formatDuration(uptimeMs)}`);
  for (const address of addresses) output.line(`  ${address}`);
  output.line(`repositories: ${repositories.map(printable).join(', ') || 'none'}`);
  if (status.storage !== undefined) printStorage(output, status.storage);
  if (status.circuits !== undefined) {
    const { open, openMax, reachable, bytes } = status.circuits;
    const peers = formatCount(reachable.length, 'peer');
    output.line(`circuits: ${open} of ${openMax} to ${peers}, ${formatBytes(bytes)} carried`);
  }
  for (const { relay, isReserved, problem } of status.relays) {
    const state = isReserved ? 'reachable' : `not reachable: ${problem ?? 'connecting'}`;
    output.line(`through ${printable(relay)}: ${printable(state)}`);
  }
  output.line(`connections: ${connections.length}`);
  for (const connection of connections) {
    const { name, peerId: other, address, bulkLanes } = connection;
    const traffic = `${formatBytes(connection.bytesSent)} sent, ${formatBytes(connection.bytesReceived)} received`;
    const path = pathText(connection);
    const way = bulkLanes === 0 ? path : `${path}, bulk on ${bulkLanes} lanes`;
    output.line(`  ${printable(name ?? other)} at ${printable(address)} (${way}): ${traffic}`);
  }
}

function printStorage(
  output: CommandContext['output'],
  storage: NonNullable<NodeStatus['storage']>,
): void {
  output.line(`kept for peers: ${usageText(storage)}`);
  for (const { name, ...usage } of storage.repositories) {
    output.line(`  ${printable(name)}: ${usageText(usage)}`);
  }
  for (const { peerId, name, repositories, ...usage } of storage.peers) {
    const count = formatCount(repositories, 'repository', 'repositories');
    output.line(`  by ${printable(name ?? peerId)}: ${usageText(usage)}, ${count} made`);
  }
}

function usageText({ bytes, bytesMax }: { bytes: number; bytesMax: number | null }): string {
  return bytesMax === null
    ? formatBytes(bytes)
    : `${formatBytes(bytes)} of ${formatBytes(bytesMax)}`;
}
