/** Good copies of lost objects, from whichever remotes can be reached. */
import type { RemoteSettings } from '../../repo/index.ts';
import { DitsError, type ObjectId, type ObjectRecord } from '../../store/index.ts';
import type { CommandContext } from '../command-context.ts';
import { printable } from '../terminal/printable.ts';
import { openRemoteLink, type RemoteLink } from './remote-link.ts';

export type RepairOptions = {
  readonly remotes: readonly RemoteSettings[];
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
      for await (const records of link.repository.fetchObjects([...open], { signal })) {
        for (const record of records) if (open.delete(record.id)) found.push(record);
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
    for (const { name, address } of this.#options.remotes) {
      try {
        links.push(await openRemoteLink(this.#context, address, options));
      } catch (error) {
        this.#context.signal.throwIfAborted();
        if (!(error instanceof DitsError)) throw error;
        this.#context.output.warn(`no help from ${printable(name)}: ${printable(error.message)}`);
      }
    }
    return links;
  }
}
