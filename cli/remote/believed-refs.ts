/** What a remote shows of its branches and tags, held against who signed for them and what was seen before. */
import {
  TrustFile,
  disbeliefOf,
  loadOrCreateIdentity,
  mayGoBack,
  shownName,
  moverOf,
  type Disbelief,
  type MoverPolicy,
  type RememberedRef,
  type ShowingPeer,
} from '../../node/index.ts';
import type { WireRef } from '../../protocol/index.ts';
import {
  isAncestor,
  isBranchRef,
  resolveToCommit,
  type CommitId,
  type ObjectStore,
  type RefMove,
  type RefName,
} from '../../store/index.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import type { DiskRepository } from '../open-repository.ts';
import type { RemoteLink } from './remote-link.ts';

/** Who moved a ref. */
export type Mover = {
  readonly peerId: string;
  /** What that peer is called here. */
  readonly name: string | null;
};

/** Settings that say whose moves are taken. */
const POLICY_KEY = 'refs.movers';

export type Judged = {
  readonly link: RemoteLink;
  /** Who shows the refs, as the transport has proven. */
  readonly serverId: string;
  readonly isCredulous: boolean;
};

/** Judges the refs of one remote. */
export class RefJudge {
  readonly #peer: ShowingPeer;
  readonly #isCredulous: boolean;

  private constructor(peer: ShowingPeer, isCredulous: boolean) {
    this.#peer = peer;
    this.#isCredulous = isCredulous;
  }

  /**
   * The judge of what a link shows. `isCredulous` takes everything, and remembers who moved it all the same.
   * @throws CliError DITS_CLI_USAGE when the setting of whose moves are taken means nothing
   */
  static async create(
    context: CommandContext,
    repository: DiskRepository,
    { link, serverId, isCredulous }: Judged,
  ): Promise<RefJudge> {
    const trust = new TrustFile(context.home, { now: () => new Date() });
    const { peerId: ownId } = await loadOrCreateIdentity(context.home);
    const { custody } = link.repository;
    const book = await trust.read();
    const policy = policyOf(repository);
    return new RefJudge({ serverId, ownId, custody, book, policy }, isCredulous);
  }

  /** The move of a ref as it is remembered here; undefined for one that says nothing. */
  moveOf({ move }: WireRef): RefMove | undefined {
    const repository = this.#peer.custody?.repositoryId;
    return move === undefined || repository === undefined ? undefined : { ...move, repository };
  }

  moverOf(ref: WireRef): Mover | undefined {
    if (ref.move === undefined) return undefined;
    const peerId = moverOf(ref.move);
    return { peerId, name: this.#peer.book.get(peerId)?.name ?? null };
  }

  /** Before anything is fetched. */
  disbelief(ref: WireRef, remembered: RememberedRef | undefined): Disbelief | undefined {
    if (this.#isCredulous) return undefined;
    return disbeliefOf({ ...ref, move: this.moveOf(ref) }, remembered, this.#peer);
  }

  /** Once its history is here: whether it leads on from what is remembered, or somebody signed for going back. */
  async disbeliefInHistory(
    objects: ObjectStore,
    ref: WireRef & { readonly name: RefName },
    remembered: RememberedRef | undefined,
  ): Promise<Disbelief | undefined> {
    const isFree = remembered === undefined || remembered.target === ref.target;
    if (this.#isCredulous || isFree || !isBranchRef(ref.name)) return undefined;
    if (mayGoBack({ ...ref, move: this.moveOf(ref) }, remembered)) return undefined;
    const to = await resolveToCommit(objects, ref.target);
    if (await isAncestor(objects, remembered.target as CommitId, to)) return undefined;
    const server = shownName(this.#peer.serverId, this.#peer.book);
    const message = `${server} shows it gone back, and nobody signed for that`;
    return { kind: 'rolled-back', message };
  }
}

/** @throws CliError DITS_CLI_USAGE for a setting that means nothing */
function policyOf(repository: DiskRepository): MoverPolicy {
  const setting = repository.settingText(POLICY_KEY) ?? 'any';
  if (setting === 'any' || setting === 'known') return setting;
  throw new CliError('DITS_CLI_USAGE', `${POLICY_KEY} is any or known, not ${setting}`, {
    hint: `dits config set ${POLICY_KEY} known`,
  });
}
