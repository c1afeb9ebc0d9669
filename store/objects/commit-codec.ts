/** Bytes of commits and tags (docs/store-format.md, "Commit", "Tag"). */
import { dits } from '#gen/objects';
import {
  OBJECT_KIND,
  idFromBytes,
  type CommitId,
  type ObjectKind,
  type TagId,
  type TreeId,
} from '../ids.ts';
import { nameProblem } from '../paths/name-rules.ts';
import {
  checkedId,
  decodeCanonical,
  invalidObject,
  joinIds,
  safeInteger,
  splitIds,
  textProblem,
} from './canonical.ts';
import type { Commit, ObjectProof, Signature, Tag, TagTarget } from './commit.ts';
import {
  COMMIT_PARENTS_MAX,
  MESSAGE_SIZE_MAX_BYTES,
  PERSON_SIZE_MAX_BYTES,
  SIGNATURE_BYTES,
  SIGNER_KEY_BYTES,
  TAG_NAME_SIZE_MAX_BYTES,
  ZONE_MINUTES_MAX,
} from './object-limits.ts';

const CommitMessage = dits.objects.Commit;
const TagMessage = dits.objects.Tag;
type SignatureMessage = dits.objects.Signature.$Properties;
/** What would end a header line or hide a part of a name where people read it. */
const PERSON_FORBIDDEN = /[\p{Cc}<>]/u;

/** The bytes of a commit. @throws StoreError DITS_STORE_INVALID_OBJECT */
export function encodeCommit(commit: Commit): Uint8Array {
  validateCommit(commit);
  return CommitMessage.encode({
    tree: Buffer.from(checkedId('commit', commit.tree), 'hex'),
    parents: joinIds('commit', commit.parents),
    author: signatureToMessage(commit.author),
    committer: signatureToMessage(commit.committer),
    message: commit.message,
    ...proofToMessage(commit.proof),
  }).finish();
}

/** The bytes that a commit's signature is made over: its encoding without the two signature fields. */
export function commitSigningBytes(commit: Commit): Uint8Array {
  return encodeCommit({ ...commit, proof: undefined });
}

/** Reads a commit. The signature, if any, is not verified here. @throws StoreError DITS_STORE_INVALID_OBJECT */
export function decodeCommit(bytes: Uint8Array): Commit {
  return decodeCanonical('commit', bytes, { parse: parseCommit, encode: encodeCommit });
}

/** The bytes of an annotated tag. @throws StoreError DITS_STORE_INVALID_OBJECT */
export function encodeTag(tag: Tag): Uint8Array {
  validateTag(tag);
  return TagMessage.encode({
    target: Buffer.from(checkedId('tag', tag.target.id), 'hex'),
    target_kind: OBJECT_KIND[tag.target.kind],
    name: tag.name,
    tagger: signatureToMessage(tag.tagger),
    message: tag.message,
    ...proofToMessage(tag.proof),
  }).finish();
}

/** The bytes that a tag's signature is made over: its encoding without the two signature fields. */
export function tagSigningBytes(tag: Tag): Uint8Array {
  return encodeTag({ ...tag, proof: undefined });
}

/** Reads an annotated tag. The signature, if any, is not verified here. @throws StoreError DITS_STORE_INVALID_OBJECT */
export function decodeTag(bytes: Uint8Array): Tag {
  return decodeCanonical('tag', bytes, { parse: parseTag, encode: encodeTag });
}

function parseCommit(bytes: Uint8Array): Commit {
  const message = CommitMessage.decode(bytes);
  const parents = splitIds<CommitId>(message.parents);
  if (parents === undefined) throw invalidObject('commit', 'the parents are not whole ids');
  const proof = proofFromMessage('commit', message);
  return {
    tree: idFromBytes<TreeId>(message.tree),
    parents,
    author: signatureFromMessage('commit', message.author),
    committer: signatureFromMessage('commit', message.committer),
    message: message.message,
    ...(proof && { proof }),
  };
}

function parseTag(bytes: Uint8Array): Tag {
  const message = TagMessage.decode(bytes);
  const proof = proofFromMessage('tag', message);
  return {
    target: targetFromMessage(message.target_kind, message.target),
    name: message.name,
    tagger: signatureFromMessage('tag', message.tagger),
    message: message.message,
    ...(proof && { proof }),
  };
}

function targetFromMessage(kind: number, id: Uint8Array): TagTarget {
  if (kind === OBJECT_KIND.commit) return { kind: 'commit', id: idFromBytes<CommitId>(id) };
  if (kind === OBJECT_KIND.tag) return { kind: 'tag', id: idFromBytes<TagId>(id) };
  throw invalidObject('tag', `a tag cannot point at an object of kind ${kind}`);
}

function signatureToMessage(signature: Signature): SignatureMessage {
  return {
    name: signature.name,
    email: signature.email,
    time_ms: signature.timeMs,
    zone_minutes: signature.zoneMinutes,
  };
}

function signatureFromMessage(
  kind: ObjectKind,
  message: dits.objects.Signature | null | undefined,
): Signature {
  if (message === null || message === undefined) {
    throw invalidObject(kind, 'it does not say who made it');
  }
  const timeMs = safeInteger(message.time_ms);
  if (timeMs === undefined) throw invalidObject(kind, 'the time is beyond 2^53');
  return {
    name: message.name,
    email: message.email,
    timeMs,
    zoneMinutes: message.zone_minutes,
  };
}

type ProofMessage = { readonly signer_key?: Uint8Array; readonly signature?: Uint8Array };

function proofToMessage(proof: ObjectProof | undefined): ProofMessage {
  return proof === undefined ? {} : { signer_key: proof.signerKey, signature: proof.signature };
}

function proofFromMessage(
  kind: ObjectKind,
  message: Required<ProofMessage>,
): ObjectProof | undefined {
  const { signer_key: signerKey, signature } = message;
  if (signerKey.length === 0 && signature.length === 0) return undefined;
  const proof = { signerKey: new Uint8Array(signerKey), signature: new Uint8Array(signature) };
  validateProof(kind, proof);
  return proof;
}

function validateCommit(commit: Commit): void {
  if (commit.parents.length > COMMIT_PARENTS_MAX) {
    throw invalidObject('commit', `it has more than ${COMMIT_PARENTS_MAX} parents`);
  }
  if (new Set(commit.parents).size !== commit.parents.length) {
    throw invalidObject('commit', 'it has the same parent twice');
  }
  validateSignature('commit', commit.author);
  validateSignature('commit', commit.committer);
  validateText('commit', 'message', commit.message, MESSAGE_SIZE_MAX_BYTES);
  if (commit.proof !== undefined) validateProof('commit', commit.proof);
}

function validateTag(tag: Tag): void {
  validateText('tag', 'name', tag.name, TAG_NAME_SIZE_MAX_BYTES);
  for (const component of tag.name.split('/')) {
    const problem = nameProblem(component);
    if (problem !== undefined) throw invalidObject('tag', `the name ${problem}`);
  }
  validateSignature('tag', tag.tagger);
  validateText('tag', 'message', tag.message, MESSAGE_SIZE_MAX_BYTES);
  if (tag.proof !== undefined) validateProof('tag', tag.proof);
}

function validateSignature(kind: ObjectKind, signature: Signature): void {
  for (const text of [signature.name, signature.email]) {
    validateText(kind, 'name or address', text, PERSON_SIZE_MAX_BYTES);
    if (PERSON_FORBIDDEN.test(text)) {
      throw invalidObject(kind, 'a name or address has a control character or angle bracket');
    }
  }
  if (!Number.isSafeInteger(signature.timeMs)) throw invalidObject(kind, 'the time is no integer');
  const zone = signature.zoneMinutes;
  if (!Number.isInteger(zone) || Math.abs(zone) > ZONE_MINUTES_MAX) {
    throw invalidObject(kind, `the zone is not within ${ZONE_MINUTES_MAX} minutes of UTC`);
  }
}

function validateText(kind: ObjectKind, what: string, text: string, maxBytes: number): void {
  const problem = textProblem(text, maxBytes);
  if (problem !== undefined) throw invalidObject(kind, `the ${what} ${problem}`);
  if (text.includes('\0')) throw invalidObject(kind, `the ${what} has a NUL`);
}

function validateProof(kind: ObjectKind, proof: ObjectProof): void {
  if (proof.signerKey.length !== SIGNER_KEY_BYTES || proof.signature.length !== SIGNATURE_BYTES) {
    throw invalidObject(
      kind,
      `a signature is a key of ${SIGNER_KEY_BYTES} and ${SIGNATURE_BYTES} more bytes`,
    );
  }
}
