/** Answers the requests of the control stream: opening repositories, refs, checks. */
import type { Ref } from '../../store/index.ts';
import type { AuthFailure, AuthRequest } from '../messages/auth.ts';
import {
  REFS_IN_AUTH_OK_MAX,
  REFS_PER_PAGE_MAX,
  REPOSITORIES_PER_PAGE_MAX,
} from '../messages/limits.ts';
import type { Message, MessageBody } from '../messages/message.ts';
import { compareNames, type RefListResponse, type WireRef } from '../messages/refs.ts';
import type { SwarmJoin } from '../messages/swarm.ts';
import type { IdentityRotate } from '../messages/rotation.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';
import { completeAndUpdateRefs } from '../refs/ref-updates.ts';
import type { SendRequest } from './control-requests.ts';
import type { OpenRepositories, OpenRepository } from './open-repositories.ts';
import type { KeyRegister, ServedRepositories, ServedRepository } from './served-repository.ts';

/** What AUTH_OK says of a repository that is open for feeds only. */
const NOTHING_SHOWN = {
  head: { kind: 'branch', name: 'refs/heads/main' },
  objectCount: 0,
  refs: [],
} as const;

export type RepositoryServiceDeps = {
  readonly repositories: OpenRepositories;
  readonly host: ServedRepositories;
  /** Left out where nobody is known by a key. */
  readonly keys?: KeyRegister | undefined;
  readonly peerId: string;
  readonly send: SendRequest;
};

export class RepositoryService {
  readonly #deps: RepositoryServiceDeps;

  constructor(deps: RepositoryServiceDeps) {
    this.#deps = deps;
  }

  /** Answers one request. @throws ProtocolError to be sent as ERROR, or to end the connection for a violation */
  async answer(requestId: number, message: Message, signal: AbortSignal): Promise<void> {
    const { send } = this.#deps;
    switch (message.name) {
      case 'AUTH':
        await this.#open(requestId, message.body);
        return;
      case 'REF_LIST': {
        const { repository } = await this.#use(message.body.handle, 'read');
        await send('REF_LIST_RESP', requestId, await listPage(repository, message.body.after));
        return;
      }
      case 'REPO_LIST':
        await this.#listRepositories(requestId, message.body.after);
        return;
      case 'IDENTITY_ROTATE':
        await this.#rotate(requestId, message.body);
        return;
      case 'REF_UPDATE':
        await this.#updateRefs(requestId, message.body, signal);
        return;
      case 'CHUNK_CHECK': {
        const { repository } = await this.#use(message.body.handle, 'read');
        const [present = false] = await repository.objects.has([message.body.id], { signal });
        await send('CHUNK_CHECK_RESP', requestId, { present });
        return;
      }
      case 'CHUNK_BATCH_CHECK': {
        const { handle, number, ids } = message.body;
        const { repository } = await this.#use(handle, 'read');
        await send('CHUNK_BATCH_RESP', requestId, {
          number,
          present: await repository.objects.has(ids, { signal }),
        });
        return;
      }
      case 'SWARM_JOIN':
        await this.#joinSwarm(requestId, message.body);
        return;
      default:
        throw invalidMessage(`of type ${message.name} is no request`);
    }
  }

  async #listRepositories(requestId: number, after: string): Promise<void> {
    const { host, peerId, send } = this.#deps;
    const all = (await host.list?.(peerId)) ?? [];
    const rest = all.filter(({ name }) => compareNames(name, after) > 0);
    await send('REPO_LIST_RESP', requestId, {
      repositories: rest.slice(0, REPOSITORIES_PER_PAGE_MAX),
      more: rest.length > REPOSITORIES_PER_PAGE_MAX,
    });
  }

  async #rotate(requestId: number, request: IdentityRotate): Promise<void> {
    const { keys, peerId, send } = this.#deps;
    if (keys === undefined) {
      throw new ProtocolError('DITS_PROTOCOL_UNSUPPORTED', 'nobody is known by a key here');
    }
    if (request.kind === 'ask') {
      const chain = await keys.rotationsFrom(request.old);
      await send('IDENTITY_ROTATED', requestId, { accepted: false, message: '', chain });
      return;
    }
    const problem = await keys.rotate(peerId, request.rotation);
    const accepted = problem === undefined;
    await send('IDENTITY_ROTATED', requestId, { accepted, message: problem ?? '', chain: [] });
  }

  #use(handle: number, access: 'read' | 'write'): Promise<OpenRepository> {
    return this.#deps.repositories.use(handle, access);
  }

  async #open(requestId: number, request: AuthRequest): Promise<void> {
    const { repositories, host, peerId, send } = this.#deps;
    const { repository: name, access, create, pass } = request;
    if (repositories.isFull) {
      const failure: AuthFailure = 'rate-limited';
      await send('AUTH_FAIL', requestId, { failure, message: 'too many repositories are open' });
      return;
    }
    const answer = await host.authorize({ peerId, repository: name, access, create, pass });
    if (!answer.isGranted) {
      const { failure, message } = answer;
      await send('AUTH_FAIL', requestId, { failure, message });
      return;
    }
    const { repository } = answer;
    const opened = repositories.add(name, answer.access, repository);
    if (repository.isFeedOnly === true) {
      const { handle } = opened;
      await send('AUTH_OK', requestId, { ...NOTHING_SHOWN, handle, access: opened.access });
      return;
    }
    const repositoryId = await repository.refs.repositoryId();
    const page = await listPage(repository, '');
    const isWhole = !page.more && page.refs.length <= REFS_IN_AUTH_OK_MAX;
    await send('AUTH_OK', requestId, {
      handle: opened.handle,
      access: opened.access,
      head: page.head,
      objectCount: await repository.objects.count(),
      refs: isWhole ? page.refs : undefined,
      custody: { repositoryId, kept: repository.isKept ?? false },
    });
  }

  async #joinSwarm(requestId: number, { handle, port }: SwarmJoin): Promise<void> {
    const { host, peerId, send } = this.#deps;
    const { name } = await this.#use(handle, 'read');
    if (host.joinSwarm === undefined) {
      throw new ProtocolError('DITS_PROTOCOL_UNSUPPORTED', 'nobody keeps count of swarms here');
    }
    await send('SWARM_PEERS', requestId, host.joinSwarm({ peerId, repository: name, port }));
  }

  async #updateRefs(
    requestId: number,
    request: MessageBody<'REF_UPDATE'>,
    signal: AbortSignal,
  ): Promise<void> {
    const { repository } = await this.#use(request.handle, 'write');
    const release = await repository.hold?.();
    try {
      const { peerId } = this.#deps;
      const repositoryId = await repository.refs.repositoryId();
      const changes = request.changes.map(({ move, ...change }) => ({
        ...change,
        ...(move && { move: { ...move, repository: repositoryId } }),
      }));
      const results = await completeAndUpdateRefs(repository, changes, {
        context: { actor: peerId, reason: `push from ${peerId}` },
        names: 'shared',
        isProtected: (name) => repository.isProtected?.(name) ?? Promise.resolve(false),
        veto: repository.checkRefUpdate,
        signal,
      });
      repository.refsUpdated?.(results);
      await this.#deps.send('REF_UPDATE_RESULT', requestId, { results });
    } finally {
      await release?.();
    }
  }
}

/** The refs that peers see, after a name: branches and tags, not what this repository remembers of others. */
async function listPage(repository: ServedRepository, after: string): Promise<RefListResponse> {
  const { refs } = repository;
  const [head, all, id] = await Promise.all([refs.head(), refs.list(), refs.repositoryId()]);
  const shared = all
    .filter((ref) => ref.name.startsWith('refs/heads/') || ref.name.startsWith('refs/tags/'))
    .filter((ref) => compareNames(ref.name, after) > 0)
    .sort((a, b) => compareNames(a.name, b.name));
  return {
    head,
    refs: shared.slice(0, REFS_PER_PAGE_MAX).map((ref) => toWire(ref, id)),
    more: shared.length > REFS_PER_PAGE_MAX,
  };
}

/** A move that was signed for another repository, which this one is a copy of, says nothing here. */
function toWire({ name, target, move }: Ref, repositoryId: string): WireRef {
  if (move?.repository !== repositoryId) return { name, target };
  const { mover, sequence, rewound, kept, signature } = move;
  return { name, target, move: { mover, sequence, rewound, kept, signature } };
}
