/** REPO_LIST and REPO_LIST_RESP: what a node serves to whoever asks (docs/protocol.md, "Repositories"). */
import { dits } from '#gen/messages';
import { ACCESS, ACCESS_NAMES, type Access } from './auth.ts';
import { REPOSITORIES_PER_PAGE_MAX, REPOSITORY_NAME_MAX_BYTES } from './limits.ts';
import { compareNames } from './refs.ts';
import {
  decodePayload,
  invalidMessage,
  readName,
  readNumber,
  readRepositoryName,
  type MessageCodec,
} from './wire-fields.ts';

/** A repository, and the most that the asker may do with it. */
export type SharedRepository = { readonly name: string; readonly access: Access };

export type RepoListRequest = {
  /** Names after this one are wanted; empty for the first page. */
  readonly after: string;
};

export type RepoListResponse = {
  /** In byte order of their names. */
  readonly repositories: readonly SharedRepository[];
  /** Whether names follow after the last one. */
  readonly more: boolean;
};

export const repoListCodec: MessageCodec<RepoListRequest> = {
  encode: (request) => [dits.messages.RepoList.encode(request).finish()],
  decode: (payload) => ({
    after: readName(
      decodePayload(dits.messages.RepoList, payload).after,
      REPOSITORY_NAME_MAX_BYTES,
    ),
  }),
};

export const repoListResponseCodec: MessageCodec<RepoListResponse> = {
  encode: ({ repositories, more }) => [
    dits.messages.RepoListResponse.encode({
      repositories: repositories.map(({ name, access }) => ({ name, access: ACCESS[access] })),
      more,
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.RepoListResponse, payload, {
      1: { max: REPOSITORIES_PER_PAGE_MAX },
    });
    const repositories = value.repositories.map(({ name, access }) => ({
      name: readRepositoryName(name),
      access: ACCESS_NAMES[readNumber(access, 1, ACCESS_NAMES.length) - 1]!,
    }));
    repositories.forEach(({ name }, index) => {
      if (index > 0 && compareNames(repositories[index - 1]!.name, name) >= 0) {
        throw invalidMessage('lists repositories out of order');
      }
    });
    if (value.more && repositories.length === 0) {
      throw invalidMessage('promises more repositories after none');
    }
    return { repositories, more: value.more };
  },
};
