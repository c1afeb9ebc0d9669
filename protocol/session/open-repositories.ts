/** The repositories one connection has open, and whether its peer may still use them. */
import { ACCESS, type Access } from '../messages/auth.ts';
import { ProtocolError } from '../protocol-error.ts';
import type { AccessQuestion, ServedRepositories, ServedRepository } from './served-repository.ts';
import { HANDLES_MAX } from './session-limits.ts';

export type OpenRepository = {
  readonly handle: number;
  readonly name: string;
  readonly access: Access;
  readonly repository: ServedRepository;
  /** Aborts when the grant is withdrawn, and with it what runs under it. */
  readonly revoked: AbortSignal;
};

type Entry = OpenRepository & { readonly controller: AbortController };

export class OpenRepositories {
  readonly #host: ServedRepositories;
  readonly #peerId: string;
  readonly #entries = new Map<number, Entry>();
  #lastHandle = 0;

  constructor(host: ServedRepositories, peerId: string) {
    this.#host = host;
    this.#peerId = peerId;
  }

  get isFull(): boolean {
    return this.#entries.size >= HANDLES_MAX;
  }

  add(name: string, access: Access, repository: ServedRepository): OpenRepository {
    const controller = new AbortController();
    const handle = ++this.#lastHandle;
    const entry = { handle, name, access, repository, controller, revoked: controller.signal };
    this.#entries.set(handle, entry);
    return entry;
  }

  /**
   * The repository behind a handle, if the peer may use it this way, now.
   * @throws ProtocolError DITS_PROTOCOL_NOT_FOUND, DITS_PROTOCOL_PERMISSION_DENIED
   */
  async use(handle: number, access: Access): Promise<OpenRepository> {
    const entry = this.#find(handle);
    if (entry.repository.isFeedOnly === true) throw denied();
    if (ACCESS[entry.access] < ACCESS[access] || !(await this.#isAllowed(entry))) throw denied();
    return entry;
  }

  /**
   * The repository behind a handle, for a feed: also one that is open for nothing else.
   * @throws ProtocolError DITS_PROTOCOL_NOT_FOUND, DITS_PROTOCOL_PERMISSION_DENIED
   */
  async useForFeed(handle: number): Promise<OpenRepository> {
    const entry = this.#find(handle);
    if (!(await this.#isAllowed(entry))) throw denied();
    return entry;
  }

  /** Asks the host about every grant again; what runs under one that no longer stands is stopped. */
  async recheck(): Promise<void> {
    await Promise.all([...this.#entries.values()].map((entry) => this.#isAllowed(entry)));
  }

  /** Releases everything. */
  async close(): Promise<void> {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    for (const entry of entries) await entry.repository.release?.();
  }

  #find(handle: number): Entry {
    const entry = this.#entries.get(handle);
    if (entry !== undefined) return entry;
    throw new ProtocolError('DITS_PROTOCOL_NOT_FOUND', `no repository is open as ${handle}`);
  }

  async #isAllowed(entry: Entry): Promise<boolean> {
    const { name: repository, access } = entry;
    const question: AccessQuestion = { peerId: this.#peerId, repository, access, create: false };
    const isAllowed = (await this.#host.isAllowed?.(question)) ?? true;
    if (!isAllowed) entry.controller.abort(denied());
    return isAllowed;
  }
}

function denied(): ProtocolError {
  return new ProtocolError('DITS_PROTOCOL_PERMISSION_DENIED', 'this access is not granted');
}
