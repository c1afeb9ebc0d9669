/** Two fresh machines on one link, from nothing to the first clone: what has to be typed, and how long it takes. Linux, root. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { emptyFolder } from '../compare/scratch.ts';
import { TwoHosts, onHost, whyNoLinks, type Host, type LinkSpec } from '../links/two-hosts.ts';
import { measure, stop } from '../measured-process.ts';
import { markdownTable } from '../report/markdown.ts';
import type { BenchContext, Section } from '../section.ts';
import { median } from '../statistics.ts';

/** dist/cli/main.js, seen from dist/test/bench/pair/. */
const MAIN = fileURLToPath(new URL('../../../cli/main.js', import.meta.url));
const LINK: LinkSpec = { mtuBytes: 1_500 };
const NAME = 'studio';
const COMMANDS_MAX = 4;

export type PairRow = {
  /** As a person types them, in order; those of the second machine begin with `>`. */
  readonly commands: readonly string[];
  /** From the start of the node to the code on the screen. */
  readonly codeSeconds: number;
  /** The command that takes the code, whole. */
  readonly pairSeconds: number;
  readonly cloneSeconds: number;
};

/** A command that goes on: its first line of JSON, and the process. */
type Going = { readonly child: ChildProcess; readonly first: Readonly<Record<string, unknown>> };

class Machine {
  readonly #host: Host;
  readonly folder: string;

  constructor(host: Host, folder: string) {
    this.#host = host;
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Runs to the end; returns the seconds it took. */
  async run(...words: readonly string[]): Promise<number> {
    const options = { cwd: this.folder, env: this.#environment() };
    return (await measure('ip', this.#words(words), options)).seconds;
  }

  async begin(...words: readonly string[]): Promise<Going> {
    const child = spawn('ip', this.#words([...words, '--json']), {
      cwd: this.folder,
      env: { ...process.env, ...this.#environment() },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const first = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('exit', (code) => {
        reject(new Error(`dits ${words.join(' ')} ended with ${String(code)}`));
      });
    });
    return { child, first: JSON.parse(first) as Record<string, unknown> };
  }

  #words(words: readonly string[]): string[] {
    return onHost(this.#host, process.execPath, MAIN, ...words);
  }

  #environment(): Record<string, string> {
    return { DITS_HOME: join(this.folder, 'home'), NO_COLOR: '1' };
  }
}

async function pairOnce(hosts: TwoHosts, folder: string): Promise<PairRow> {
  const [ann, bob] = [
    new Machine(hosts.a, join(folder, 'ann')),
    new Machine(hosts.b, join(folder, 'bob')),
  ];
  const film = join(ann.folder, 'film');
  mkdirSync(film);
  writeFileSync(join(film, 'reel.txt'), 'scene one');
  await ann.run('init', film);
  await ann.run('-C', film, 'add', '.');
  await ann.run('-C', film, 'commit', '-m', 'first');
  const startMs = performance.now();
  const node = await ann.begin('node', 'start', '--serve', `film=${film}`);
  try {
    const screen = await ann.begin('peer', 'pair', '--as', NAME, '--yes');
    const codeSeconds = (performance.now() - startMs) / 1_000;
    const code = String(screen.first['code']);
    const pairSeconds = await bob.run('peer', 'pair', code, '--yes');
    await stop(screen.child);
    const cloneSeconds = await bob.run('clone', `${NAME}/film`);
    const commands = [
      'dits node start --serve film=film',
      'dits peer pair',
      `> dits peer pair ${code}`,
      `> dits clone ${NAME}/film`,
    ];
    return { commands, codeSeconds, pairSeconds, cloneSeconds };
  } finally {
    await stop(node.child);
  }
}

async function measurePairing(context: BenchContext): Promise<readonly PairRow[]> {
  const missing = whyNoLinks(LINK, undefined);
  if (missing !== undefined) {
    context.log(`pair: left out, ${missing}`);
    return [];
  }
  const rows: PairRow[] = [];
  const hosts = await TwoHosts.create(LINK);
  try {
    for (let run = 0; run < context.runs; run++) {
      const row = await pairOnce(hosts, emptyFolder(context.work, `pair-${run}`));
      rows.push(row);
      context.log(
        `pair: code after ${row.codeSeconds.toFixed(2)} s, paired in ${row.pairSeconds.toFixed(2)} s, cloned in ${row.cloneSeconds.toFixed(2)} s`,
      );
    }
  } finally {
    await hosts.remove();
  }
  const medianOf = (value: (row: PairRow) => number): number => median(rows.map(value));
  return [
    {
      commands: rows[0]?.commands ?? [],
      codeSeconds: medianOf((row) => row.codeSeconds),
      pairSeconds: medianOf((row) => row.pairSeconds),
      cloneSeconds: medianOf((row) => row.cloneSeconds),
    },
  ];
}

export const pairSection: Section<PairRow> = {
  name: 'pair',
  title: 'From two fresh machines to the first clone',
  isDefault: false,
  tools: [],
  cases: [{ name: 'pair-by-code', run: measurePairing }],
  render: (rows) =>
    `Two network namespaces on one link, without any server and without an address that is typed: one serves a repository and shows a code, the other
types the code and clones. Both confirm unattended here; people type \`y\`. Times are those of whole commands.

${rows.map(({ commands }) => `\`\`\`\n${commands.join('\n')}\n\`\`\``).join('\n\n')}

${markdownTable(['what', 'here', 'asked'], rows.flatMap(cells))}`,
  shortfalls: (rows) =>
    rows
      .filter(({ commands }) => commands.length > COMMANDS_MAX)
      .map(({ commands }) => `${commands.length} commands from two machines to a clone`),
  charts: () => [],
};

function cells(row: PairRow): readonly (readonly string[])[] {
  return [
    ['commands typed on both sides', String(row.commands.length), `≤ ${COMMANDS_MAX}`],
    ['from the start of the node to the code', `${row.codeSeconds.toFixed(2)} s`, ''],
    ['`dits peer pair CODE`', `${row.pairSeconds.toFixed(2)} s`, ''],
    ['`dits clone`', `${row.cloneSeconds.toFixed(2)} s`, ''],
  ];
}
