/** Settings files of repositories and users, and the settings of a node. */
import { Settings } from '../../../repo/config/settings.ts';
import { resolveNodeSettings } from '../../../node/config.ts';
import { changeBytes } from '../mutate/byte-mutations.ts';
import { changeText } from '../mutate/text-mutations.ts';
import { acceptedBy, mustEqual, type FuzzTarget } from '../target.ts';

const CODES = ['DITS_REPO_CONFIG_INVALID'];

const EXAMPLE = `# a comment
[user]
name = "Ada"
email = 'ada@example.org'
[remote.origin]
address = "dits://192.0.2.7/film"
[branch."grading/shot-7"]
remote = "origin"
merge = "main"
[node]
listen = "[::]:4433"
connectionsMax = 64
discovery = false
quotaBytes = "2 TiB"
[other]
list = [1, 2.5, "three", { four = 4 }]
time = 2026-01-31T18:00:00Z
day = 2026-01-31
hour = 07:32:00.5
text = """
two
lines"""
large = 0x7fff_ffff
small = -1e-9
strange = [inf, -inf, nan]
`;

/** The parts that commands ask for. */
function readParts(settings: Settings): void {
  acceptedBy(CODES, () => settings.remotes());
  acceptedBy(CODES, () => settings.user());
  acceptedBy(CODES, () => settings.upstream('grading/shot-7'));
  for (const name of settings.names('branch')) acceptedBy(CODES, () => settings.upstream(name));
}

/** TOML writes tables behind what is on one line, so that the order changes; and no minus before a zero. */
function byKey(settings: Settings): ReturnType<Settings['list']> {
  return settings
    .list()
    .map(({ key, value }) => ({ key, value: value === 0 ? 0 : value }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function checkKeys(settings: Settings): void {
  for (const { key, value } of settings.list()) {
    const read = acceptedBy(CODES, () => settings.get(key));
    // A key that cannot be written on a command line is listed all the same.
    if (read !== undefined) mustEqual(read, value, 'a listed key leads to its value');
  }
}

function checkNode(settings: Settings): void {
  // A name without a letter is one in TOML, and none here.
  const given = acceptedBy(CODES, () =>
    Object.fromEntries(
      settings
        .names('node')
        .map((name) => [name, settings.get(`node.${JSON.stringify(name)}`)] as const),
    ),
  );
  if (given === undefined) return;
  const resolved = acceptedBy(['DITS_NODE_CONFIG_INVALID'], () => resolveNodeSettings(given));
  if (resolved === undefined) return;
  mustEqual(
    resolveNodeSettings({ ...resolved }),
    resolved,
    'resolved settings resolve to themselves',
  );
}

export const settingsTarget: FuzzTarget = {
  name: 'settings',
  covers: 'config.toml of repositories and users, the settings of a node',
  seeds: () => [Buffer.from(EXAMPLE), Buffer.from('')],
  mutations: [changeText, changeText, changeText, changeBytes],
  dictionary: [
    '[node]\n',
    '[[a]]\n',
    '__proto__',
    'constructor',
    ' = ',
    '{}',
    '"""',
    "'''",
    '\\u0000',
    '1979-05-27',
    'true',
    '1_0',
    '0o7',
    '.',
    'relays = []',
    'congestionControl = "bbr"',
    'a.b.c = 1\n',
  ],
  sizeMaxBytes: 4 * 1024,
  run(input) {
    const settings = acceptedBy(CODES, () => Settings.parse(input.toString(), 'config.toml'));
    if (settings === undefined) return false;
    const text = settings.toText();
    const again = Settings.parse(text, 'config.toml');
    mustEqual(byKey(again), byKey(settings), 'the same settings when they are written again');
    mustEqual(again.toText(), text, 'settings have one form');
    readParts(settings);
    checkKeys(settings);
    checkNode(settings);
    return true;
  },
};
