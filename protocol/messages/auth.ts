/** AUTH, AUTH_OK and AUTH_FAIL: opening a repository on a connection (docs/protocol.md, "AUTH"). */
import { dits } from '#gen/messages';
import { REFS_IN_AUTH_OK_MAX, TEXT_MAX_BYTES } from './limits.ts';
import { decodePass, encodePass, type Pass } from './pass.ts';
import {
  decodeHead,
  decodeRefs,
  encodeHead,
  encodeRef,
  type WireHead,
  type WireRef,
} from './refs.ts';
import {
  decodePayload,
  fitText,
  invalidMessage,
  readCount,
  readNumber,
  readRepositoryName,
  readText,
  type MessageCodec,
} from './wire-fields.ts';

/** What a peer may do with a repository; each includes the ones before it. */
export const ACCESS = { read: 1, write: 2, admin: 3 } as const;
export type Access = keyof typeof ACCESS;

export const ACCESS_NAMES: readonly Access[] = ['read', 'write', 'admin'];

/** Why a repository was not opened. Documented numbers. */
export const AUTH_FAILURE = {
  invalid: 1,
  expired: 2,
  'insufficient-permission': 3,
  suspended: 4,
  'rate-limited': 5,
} as const;
export type AuthFailure = keyof typeof AUTH_FAILURE;

const AUTH_FAILURES = Object.keys(AUTH_FAILURE) as AuthFailure[];

export type AuthRequest = {
  readonly repository: string;
  readonly access: Access;
  readonly create: boolean;
  /** Another peer's word for the sender; left out where the receiver knows it. */
  readonly pass?: Pass | undefined;
};

export type AuthOk = {
  readonly handle: number;
  readonly access: Access;
  readonly head: WireHead;
  readonly objectCount: number;
  /** All refs, or undefined when they are too many for this message. */
  readonly refs: readonly WireRef[] | undefined;
  /** What moves of refs are signed for; left out where they are not. */
  readonly custody?: RepositoryCustody | undefined;
};

/** Which repository it is, and in whose hands. */
export type RepositoryCustody = {
  /** 64 hex digits, the same for as long as the repository lasts. */
  readonly repositoryId: string;
  /** Whether it is kept for others: nobody works in it, so every move of its refs can be signed. */
  readonly kept: boolean;
};

export type AuthFail = { readonly failure: AuthFailure; readonly message: string };

export function readAccess(value: number): Access {
  return ACCESS_NAMES[readNumber(value, 1, ACCESS_NAMES.length) - 1]!;
}

/** Bytes of a repository's id. */
const REPOSITORY_ID_BYTES = 32;

function readCustody(id: Uint8Array, kept: boolean): RepositoryCustody | undefined {
  if (id.length === 0) return undefined;
  if (id.length !== REPOSITORY_ID_BYTES) throw invalidMessage('has a repository id that is none');
  return { repositoryId: Buffer.from(id).toString('hex'), kept };
}

export const authCodec: MessageCodec<AuthRequest> = {
  encode: (request) => [
    dits.messages.Auth.encode({
      repository: request.repository,
      access: ACCESS[request.access],
      create: request.create,
      pass: request.pass === undefined ? null : encodePass(request.pass),
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.Auth, payload);
    return {
      repository: readRepositoryName(value.repository),
      access: readAccess(value.access),
      create: value.create,
      pass: value.pass === undefined || value.pass === null ? undefined : decodePass(value.pass),
    };
  },
};

export const authOkCodec: MessageCodec<AuthOk> = {
  encode: (answer) => [
    dits.messages.AuthOk.encode({
      handle: answer.handle,
      access: ACCESS[answer.access],
      head: encodeHead(answer.head),
      object_count: answer.objectCount,
      refs: answer.refs?.map(encodeRef) ?? [],
      refs_included: answer.refs !== undefined,
      repository_id: Buffer.from(answer.custody?.repositoryId ?? '', 'hex'),
      kept: answer.custody?.kept ?? false,
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.AuthOk, payload, { 5: { max: REFS_IN_AUTH_OK_MAX } });
    return {
      handle: readNumber(value.handle, 1, 0xffff_ffff),
      access: readAccess(value.access),
      head: decodeHead(value.head),
      objectCount: readCount(value.object_count),
      refs: value.refs_included ? decodeRefs(value.refs) : undefined,
      custody: readCustody(value.repository_id, value.kept),
    };
  },
};

export const authFailCodec: MessageCodec<AuthFail> = {
  encode: (answer) => [
    dits.messages.AuthFail.encode({
      code: AUTH_FAILURE[answer.failure],
      message: fitText(answer.message, TEXT_MAX_BYTES),
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.AuthFail, payload);
    return {
      failure: AUTH_FAILURES[readNumber(value.code, 1, AUTH_FAILURES.length) - 1]!,
      message: readText(value.message, TEXT_MAX_BYTES),
    };
  },
};
