/** Files of a home folder: known peers, limits, issued tickets. The first byte says which. */
import { formatLimits, parseLimits } from '../../../node/limits/limits-format.ts';
import { formatTickets, parseTickets } from '../../../node/pair/ticket-format.ts';
import type { Grant, KnownPeer } from '../../../node/trust/known-peer.ts';
import { PeerBook } from '../../../node/trust/peer-book.ts';
import { formatPeers, parsePeers } from '../../../node/trust/peers-format.ts';
import { peerIdFromPublicKey } from '../../../node/identity/peer-id.ts';
import { changeBytes } from '../mutate/byte-mutations.ts';
import { behind } from '../mutate/mutation.ts';
import { changeText } from '../mutate/text-mutations.ts';
import { acceptedBy, mustEqual, type FuzzTarget } from '../target.ts';

const CODES = ['DITS_NODE_TRUST_CORRUPT', 'DITS_NODE_CONFIG_INVALID'];
const [PEER, OTHER] = [1, 2].map((fill) => peerIdFromPublicKey(Buffer.alloc(32, fill)));

const PEERS = `[peers.${PEER}]
name = "edit-suite"
first_seen = "2026-01-31T18:00:00.000Z"
last_seen = 2026-02-01T08:00:00Z
formerly = ["${OTHER}"]
addresses = ["192.0.2.7:4433", "[2001:db8::7]:4433"]
relays = ["relay.example.org:4433"]
up = 1000000
grants = { "*" = "read", film = { access = "write", branches = ["artist/*"], until = "2027-01-31T18:00:00Z", ticket = "0123456789abcdef" }, other = ["read", "admin"] }
[peers.${OTHER}]
name = "render 7"
`;
const LIMITS = `up = 1000
down = 2000
paused = false
paused_peers = ["${PEER}"]
`;
const TICKETS = `[tickets.0123456789abcdef]
secret_sha256 = "${'ab'.repeat(32)}"
grant = { repository = "film", access = "read", branches = ["main"] }
until = "2027-01-31T18:00:00.000Z"
uses = 3
used_by = ["${PEER}"]
revoked = true
`;

type Format<T> = {
  readonly parse: (text: string, path: string) => T;
  readonly format: (value: T) => string;
  /** What has to be the same, where that is not all. */
  readonly comparable?: (value: T) => unknown;
};

/** TOML writes tables behind what is on one line: grants change their order, of which nothing depends. */
function byRepository(grants: readonly Grant[]): readonly Grant[] {
  return [...grants].sort((a, b) => (a.repository < b.repository ? -1 : 1));
}

/** Whether the text was accepted, and is the same when it is written again. */
function check<T>(file: Format<T>): (text: string) => boolean {
  const { parse, format, comparable = (value: T): unknown => value } = file;
  return (text) => {
    const value = acceptedBy(CODES, () => parse(text, 'file'));
    if (value === undefined) return false;
    const written = format(value);
    const again = parse(written, 'file');
    mustEqual(comparable(again), comparable(value), 'the same when it is written again');
    mustEqual(format(again), written, 'it has one form');
    return true;
  };
}

const CHECKS = [
  check({
    comparable: (peers: readonly KnownPeer[]) =>
      peers.map((peer) => ({ ...peer, grants: byRepository(peer.grants) })),
    parse: (text, path) => parsePeers(text, path).peers,
    format: (peers) => formatPeers(new PeerBook(peers)),
  }),
  check({ parse: parseLimits, format: formatLimits }),
  check({ parse: parseTickets, format: formatTickets }),
] as const;

export const homeFilesTarget: FuzzTarget = {
  name: 'home-files',
  covers: 'peers.toml, limits.toml, tickets.toml',
  seeds: () =>
    [PEERS, LIMITS, TICKETS].map((text, at) => Buffer.concat([Buffer.of(at), Buffer.from(text)])),
  mutations: [changeText, changeText, changeText, changeBytes].map((one) => behind(1, one)),
  dictionary: [
    PEER!,
    OTHER!,
    '"admin"',
    '"write"',
    'branches',
    'until',
    '1979-05-27T07:32:00',
    '07:32:00',
    '__proto__',
    '{}',
    '[]',
    'refs/tags/*',
    '-0',
    '1e3',
    'nan',
  ],
  sizeMaxBytes: 4 * 1024,
  run: (input) => CHECKS[(input[0] ?? 0) % CHECKS.length]!(input.toString('utf8', 1)),
};
