/** Connections to one repository of a peer, one after the other; the path of each is watched while it is in use. */
import {
  PathWatch,
  formatHostPort,
  reachRotated,
  type ControlledConnection,
  type NodeSettings,
  type PathFinding,
  type PeerTarget,
  type TellDeps,
} from '../../node/index.ts';
import { connectSession, type Connection } from '../../protocol/index.ts';
import type { CommandContext } from '../command-context.ts';
import { pathText } from '../terminal/path-text.ts';
import { printable } from '../terminal/printable.ts';
import { formatDuration } from '../terminal/quantities.ts';
import type { LinkOptions } from './remote-link.ts';
import type { OpenedPath } from './resuming-link.ts';
import { systemClock } from './system-clock.ts';

/** What it takes to reach a repository of a peer, as often as needed. */
export type Reaching = {
  readonly deps: TellDeps;
  readonly settings: NodeSettings;
  readonly target: PeerTarget;
  /** What to call the peer: its name if it is known, else where it was said to be. */
  readonly called: string;
  readonly options: LinkOptions;
};

export class PeerPaths {
  readonly #context: CommandContext;
  readonly #reaching: Reaching;
  /** Who answered first: from then on it must be this very peer, whatever the address says. */
  #peerId: string | undefined;
  #watch: PathWatch | undefined;

  constructor(context: CommandContext, reaching: Reaching) {
    this.#context = context;
    this.#reaching = reaching;
    this.#peerId = reaching.target.peerId;
  }

  /** Reaches the peer and opens the repository. What proved the last path dead is used, if anything did. */
  async open(signal: AbortSignal): Promise<OpenedPath> {
    const spare = this.#watch?.takeSpare();
    await this.#watch?.close();
    const connection = spare ?? (await this.#reach(signal));
    this.#peerId = connection.remotePeerId;
    // The session owns the connection from here on, and closes it with itself.
    const session = await connectSession(
      connection,
      { clock: systemClock },
      { software: `dits/${this.#context.version}`, signal },
    );
    try {
      const { target, options } = this.#reaching;
      const { access, create } = options;
      const repository = await session.openRepository(target.repository, {
        access,
        create,
        signal,
      });
      this.#watch = this.#watchOver(connection);
      return {
        session,
        repository,
        // A connection over a circuit may find a direct path later.
        get path() {
          return connection.path;
        },
        get pathReason() {
          return connection.pathReason;
        },
        get remoteAddress() {
          return connection.remoteAddress;
        },
        watch: this.#watch,
      };
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  async #reach(signal: AbortSignal): Promise<Connection> {
    const { deps, target, settings, called } = this.#reaching;
    const { output } = this.#context;
    const wanted = { ...target, peerId: this.#peerId };
    const { connection } = await reachRotated(deps, wanted, {
      settings,
      signal,
      confirmUnknown: (peerId) => this.#confirm(peerId),
      onFalsePlace: (place, { message }) => {
        const why = place.source === 'near' ? 'announces itself as it' : 'was its address';
        output.warn(printable(`${formatHostPort(place)} ${why}: ${message}`));
      },
    });
    if (output.options.isVerbose) {
      output.errorLine(`${printable(called)} is reached over ${pathText(connection)}`);
    }
    return connection;
  }

  #watchOver(connection: ControlledConnection): PathWatch | undefined {
    const { pathControl: path } = connection;
    if (path === undefined || this.#reaching.settings.reconnectMs === 0) return undefined;
    return new PathWatch({
      path,
      clock: systemClock,
      redial: (signal) => this.#reach(signal),
      onFinding: (finding) => this.#tell(finding),
    });
  }

  #tell(finding: PathFinding): void {
    const { output } = this.#context;
    if (!output.options.isVerbose) return;
    const { called } = this.#reaching;
    const words = (): string => {
      switch (finding.kind) {
        case 'moved':
          return `this machine is at ${finding.to} now, and was at ${finding.from}; the connection follows`;
        case 'dead':
          return `nothing has come from ${called} for ${formatDuration(finding.silentMs)}, but it answers elsewhere`;
        case 'not-elsewhere':
          return `${called} is silent, and not reached elsewhere (${finding.reason})`;
      }
    };
    output.errorLine(printable(words()));
  }

  /** A peer that nobody here knows: taken on request, else shown and asked for where somebody can answer. */
  async #confirm(peerId: string): Promise<boolean> {
    const { ask, output } = this.#context;
    const { called, options } = this.#reaching;
    if (options.trustsNew) {
      output.warn(`${printable(called)} is ${peerId}; it is known from now on`);
      return true;
    }
    if (ask === undefined) return false;
    output.errorLine(`${printable(called)} has not been seen before. It proves to be`);
    output.errorLine(`  ${peerId}`);
    return ask('Compare this with what `dits id` says there. Is it the same?');
  }
}
