/** HELLO: the first message of either side (docs/protocol.md, "HELLO"). */
import { dits } from '#gen/messages';
import { HELLO_ITEMS_MAX, LABEL_MAX_BYTES } from './limits.ts';
import {
  decodePayload,
  invalidMessage,
  readName,
  readText,
  type MessageCodec,
} from './wire-fields.ts';

/** What a peer speaks and accepts. */
export type Hello = {
  /** Protocol versions, most wanted first. */
  readonly versions: readonly number[];
  /** Program name and version, for people. */
  readonly software: string;
  /** Optional abilities; unknown ones mean nothing. */
  readonly capabilities: readonly string[];
  /** Longest payload accepted, in bytes. */
  readonly payloadMaxBytes: number;
  /** Most unacknowledged bulk bytes accepted per sync. */
  readonly windowBytes: number;
  /** Most ids accepted in one message. */
  readonly batchIdsMax: number;
};

export const helloCodec: MessageCodec<Hello> = {
  encode: (hello) => [
    dits.messages.Hello.encode({
      versions: [...hello.versions],
      software: hello.software,
      capabilities: [...hello.capabilities],
      payload_max_bytes: hello.payloadMaxBytes,
      window_bytes: hello.windowBytes,
      batch_ids_max: hello.batchIdsMax,
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.Hello, payload, {
      1: { max: HELLO_ITEMS_MAX, isPacked: true },
      3: { max: HELLO_ITEMS_MAX },
    });
    if (value.versions.length === 0) throw invalidMessage('names no protocol version');
    if (value.versions.length > HELLO_ITEMS_MAX) throw invalidMessage('names too many versions');
    return {
      versions: value.versions,
      software: readText(value.software, LABEL_MAX_BYTES),
      capabilities: value.capabilities.map((name) => readName(name, LABEL_MAX_BYTES)),
      payloadMaxBytes: value.payload_max_bytes,
      windowBytes: value.window_bytes,
      batchIdsMax: value.batch_ids_max,
    };
  },
};
