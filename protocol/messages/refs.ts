/** Heads and refs on the wire: REF_LIST, REF_UPDATE and their answers (docs/protocol.md, "Refs"). */
import type { ObjectId } from '../../store/index.ts';
import { dits } from '#gen/messages';
import {
  REF_CHANGES_MAX,
  REF_NAME_MAX_BYTES,
  REFS_PER_PAGE_MAX,
  TEXT_MAX_BYTES,
} from './limits.ts';
import { decodeMove, encodeMove, type WireRefMove } from './ref-move.ts';
import {
  decodePayload,
  fitText,
  invalidMessage,
  readId,
  readName,
  readNumber,
  readOptionalId,
  readText,
  writeIds,
  writeOptionalId,
  type MessageCodec,
} from './wire-fields.ts';

/** Where a peer's HEAD points. Names are as the peer sent them: check them before use. */
export type WireHead =
  | { readonly kind: 'branch'; readonly name: string }
  | { readonly kind: 'detached'; readonly target: ObjectId };

export type WireRef = {
  readonly name: string;
  readonly target: ObjectId;
  readonly move?: WireRefMove | undefined;
};

export type RefListRequest = { readonly handle: number; readonly after: string };

export type RefListResponse = {
  readonly head: WireHead;
  readonly refs: readonly WireRef[];
  /** Whether names follow after the last one. */
  readonly more: boolean;
};

export type WireRefChange = {
  readonly name: string;
  /** Value the sender believes the ref has, null for none. */
  readonly old: ObjectId | null;
  /** New value, null to delete. */
  readonly new: ObjectId | null;
  readonly force: boolean;
  /** Signed by the sender. */
  readonly move?: WireRefMove | undefined;
};

export type RefUpdateRequest = {
  readonly handle: number;
  readonly changes: readonly WireRefChange[];
};

/** What became of one change. Numbers are the wire's. */
export const REF_RESULT = {
  updated: 1,
  created: 2,
  deleted: 3,
  'up-to-date': 4,
  'rejected-non-fast-forward': 5,
  locked: 6,
  denied: 7,
  incomplete: 8,
} as const;
export type RefResultKind = keyof typeof REF_RESULT;

export type WireRefResult = {
  readonly name: string;
  readonly result: RefResultKind;
  /** Value of the ref now, null when it does not exist. */
  readonly current: ObjectId | null;
  readonly message: string;
};

export type RefUpdateResponse = { readonly results: readonly WireRefResult[] };

const RESULT_KINDS = Object.keys(REF_RESULT) as RefResultKind[];
/** Bytes of the note on one result: a full list of them must fit one message. */
const RESULT_MESSAGE_MAX_BYTES: number = TEXT_MAX_BYTES / 4;

export function encodeHead(head: WireHead): dits.messages.Head.$Properties {
  return head.kind === 'branch' ? { branch: head.name } : { detached: writeIds([head.target]) };
}

export function decodeHead(value: dits.messages.Head | null | undefined): WireHead {
  if (value == null) throw invalidMessage('lacks the head');
  if (value.detached.length > 0) return { kind: 'detached', target: readId(value.detached) };
  if (value.branch === '') throw invalidMessage('lacks the head');
  return { kind: 'branch', name: readName(value.branch, REF_NAME_MAX_BYTES) };
}

export function encodeRef({ name, target, move }: WireRef): dits.messages.Ref.$Properties {
  return { name, target: writeIds([target]), ...(move && { move: encodeMove(move) }) };
}

/** Refs in strictly ascending order of their names. */
export function decodeRefs(values: readonly dits.messages.Ref[]): WireRef[] {
  const refs = values.map((value) => {
    const move = decodeMove(value.move);
    return {
      name: readRefName(value.name),
      target: readId(value.target),
      ...(move && { move }),
    };
  });
  refs.forEach((ref, index) => {
    if (index > 0 && compareNames(refs[index - 1]!.name, ref.name) >= 0) {
      throw invalidMessage('lists refs out of order');
    }
  });
  return refs;
}

/** Byte order of the UTF-8 names, the order of every ref list. */
export function compareNames(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function readRefName(name: string): string {
  if (name === '') throw invalidMessage('has a ref without a name');
  return readName(name, REF_NAME_MAX_BYTES);
}

export const refListCodec: MessageCodec<RefListRequest> = {
  encode: (request) => [dits.messages.RefList.encode(request).finish()],
  decode(payload) {
    const value = decodePayload(dits.messages.RefList, payload);
    return { handle: value.handle, after: readName(value.after, REF_NAME_MAX_BYTES) };
  },
};

export const refListResponseCodec: MessageCodec<RefListResponse> = {
  encode: (list) => [
    dits.messages.RefListResponse.encode({
      head: encodeHead(list.head),
      refs: list.refs.map(encodeRef),
      more: list.more,
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.RefListResponse, payload, {
      2: { max: REFS_PER_PAGE_MAX },
    });
    if (value.more && value.refs.length === 0)
      throw invalidMessage('promises more refs after none');
    return { head: decodeHead(value.head), refs: decodeRefs(value.refs), more: value.more };
  },
};

export const refUpdateCodec: MessageCodec<RefUpdateRequest> = {
  encode: (request) => [
    dits.messages.RefUpdate.encode({
      handle: request.handle,
      changes: request.changes.map((change) => ({
        name: change.name,
        old: writeOptionalId(change.old),
        new: writeOptionalId(change.new),
        force: change.force,
        ...(change.move && { move: encodeMove(change.move) }),
      })),
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.RefUpdate, payload, { 2: { max: REF_CHANGES_MAX } });
    const changes = value.changes.map((change) => {
      const move = decodeMove(change.move);
      return {
        name: readRefName(change.name),
        old: readOptionalId(change.old),
        new: readOptionalId(change.new),
        force: change.force,
        ...(move && { move }),
      };
    });
    if (new Set(changes.map((change) => change.name)).size !== changes.length) {
      throw invalidMessage('changes one ref twice');
    }
    return { handle: value.handle, changes };
  },
};

export const refUpdateResultCodec: MessageCodec<RefUpdateResponse> = {
  encode: (response) => [
    dits.messages.RefUpdateResult.encode({
      results: response.results.map((result) => ({
        name: result.name,
        result: REF_RESULT[result.result],
        current: writeOptionalId(result.current),
        message: fitText(result.message, RESULT_MESSAGE_MAX_BYTES),
      })),
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.RefUpdateResult, payload, {
      1: { max: REF_CHANGES_MAX },
    });
    return {
      results: value.results.map((result) => ({
        name: readRefName(result.name),
        result: RESULT_KINDS[readNumber(result.result, 1, RESULT_KINDS.length) - 1]!,
        current: readOptionalId(result.current),
        message: readText(result.message, RESULT_MESSAGE_MAX_BYTES),
      })),
    };
  },
};
