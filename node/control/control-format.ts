/**
 * How commands talk to the node of the same home folder: JSON lines over a local socket. The socket and a token are
 * announced in a file that only this user can read; a caller who does not know the token is hung up on.
 */
import type { NodeStatus } from '../node-status.ts';

/** Announces the running node. */
export const NODE_FILE_NAME = 'node.json';
/** Held by the running node: the operating system lets go of it when the process dies. */
export const NODE_LOCK_NAME = 'node.lock';
/** Longest line in either direction: a status with every connection fits. */
export const CONTROL_LINE_MAX_BYTES: number = 4 * 1024 * 1024;
/** How long either side waits for the other. */
export const CONTROL_TIMEOUT_MS = 5_000;
/** Callers served at once. */
export const CONTROL_CALLERS_MAX = 16;

export type Announcement = {
  readonly pid: number;
  /** Path of the socket, or name of the pipe on Windows. */
  readonly socket: string;
  readonly token: string;
};

const CONTROL_VERBS = ['status', 'stop'] as const;
export type ControlVerb = (typeof CONTROL_VERBS)[number];

export type ControlRequest = { readonly token: string; readonly verb: ControlVerb };

export type ControlAnswer =
  | { readonly ok: true; readonly status: NodeStatus }
  | { readonly ok: false; readonly message: string };

/** @returns undefined for anything that is no request */
export function parseRequest(line: string): ControlRequest | undefined {
  const value = parseObject(line);
  const { token, verb } = value ?? {};
  if (typeof token !== 'string' || !isVerb(verb)) return undefined;
  return { token, verb };
}

/** @returns undefined for anything that is no announcement */
export function parseAnnouncement(text: string): Announcement | undefined {
  const { pid, socket, token } = parseObject(text) ?? {};
  if (typeof pid !== 'number' || typeof socket !== 'string' || typeof token !== 'string') {
    return undefined;
  }
  return { pid, socket, token };
}

/** Parses an answer of a node of this user, whose word is taken for the shape of the status. */
export function parseAnswer(line: string): ControlAnswer | undefined {
  const value = parseObject(line);
  if (value?.['ok'] === true && typeof value['status'] === 'object') return value as ControlAnswer;
  if (value?.['ok'] === false && typeof value['message'] === 'string') {
    return { ok: false, message: value['message'] };
  }
  return undefined;
}

function isVerb(value: unknown): value is ControlVerb {
  return CONTROL_VERBS.some((verb) => verb === value);
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // Not JSON: said by the undefined.
    return undefined;
  }
}
