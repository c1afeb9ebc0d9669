/** Good copies of lost objects, from whichever remotes can be reached. */
import type { RemoteSettings } from '../../repo/index.ts';
import { DitsError, type ObjectId, type ObjectRecord } from '../../store/index.ts';
import type { CommandContext } from '../command-context.ts';
import { printable } from '../terminal/printable.ts';
import { addressOfWord } from './peer-name.ts';
import { openRemoteLink, type RemoteLink } from './remote-link.ts';

export type RepairOptions = {
  readonly remotes: readonly RemoteSettings[];
  /** More places to ask: addresses, or names of known peers. */
  readonly sources: readonly string[];
  readonly trustsNew: boolean;
};

/** Dials each remote at most once, when something is first asked for. */
export class RepairSource {
  readonly #context: CommandContext;
  readonly #options: RepairOptions;
  #links: Promise<readonly RemoteLink[]> | undefined;

  constructor(context: CommandContext, options: RepairOptions) {
    this.#context = context;
    this.#options = options;
  }

  /** Records as the remotes offer them, not verified yet; fewer than asked for when nobody has them. */
  readonly fetch = async (ids: readonly ObjectId[]): Promise<readonly ObjectRecord[]> => {
    this.#links ??= this.#dial();
    const open = new Set(ids);
    const found: ObjectRecord[] = [];
    const { signal } = this.#context;
    for (const link of await this.#links) {
      if (open.size === 0) break;
      try {
        for await (const records of link.repository.fetchObjects([...open], { signal })) {
          for (const record of records) if (open.delete(record.id)) found.push(record);
        }
      } catch (error) {
        this.#warn(link.address, error);
      }
    }
    return found;
  };

  async close(): Promise<void> {
    const links = await this.#links;
    await Promise.all((links ?? []).map((link) => link.close()));
  }

  /** A remote that is away is no reason to give up on the others. */
  async #dial(): Promise<readonly RemoteLink[]> {
    const links: RemoteLink[] = [];
    const options = { access: 'read', create: false, trustsNew: this.#options.trustsNew } as const;
    const { remotes, sources } = this.#options;
    for (const word of [...remotes.map(({ address }) => address), ...sources]) {
      try {
        const address = await addressOfWord(this.#context, word);
        links.push(await openRemoteLink(this.#context, address, options));
      } catch (error) {
        this.#warn(word, error);
      }
    }
    return links;
  }

  /** @throws the error when it is none of ours, or the command was interrupted */
  #warn(word: string, error: unknown): void {
    const { signal, output } = this.#context;
    signal.throwIfAborted();
    if (!(error instanceof DitsError)) throw error;
    output.warn(`no help from ${printable(word)}: ${printable(error.message)}`);
  }
}
