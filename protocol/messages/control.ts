/** PING, PONG, CLOSE and ERROR (docs/protocol.md, "Control"). */
import { dits } from '#gen/messages';
import { LABEL_MAX_BYTES, PING_DATA_MAX_BYTES, TEXT_MAX_BYTES } from './limits.ts';
import {
  decodePayload,
  fitText,
  invalidMessage,
  readName,
  readText,
  type MessageCodec,
} from './wire-fields.ts';

/** The data is repeated in the answer. */
export type Ping = { readonly data: Uint8Array };

export type Close = {
  /** Application error code; 0 for a normal end. */
  readonly code: number;
  readonly reason: string;
};

export type ErrorMessage = {
  /** Documented number 0 to 7. */
  readonly code: number;
  readonly message: string;
  /** The precise code (`DITS_…`); may be one that this program does not know, or empty. */
  readonly name: string;
  /** Milliseconds to wait before trying again; 0 when that is not known to help. */
  readonly retryAfterMs: number;
};

export const pingCodec: MessageCodec<Ping> = {
  encode: (ping) => [dits.messages.Ping.encode(ping).finish()],
  decode(payload) {
    const { data } = decodePayload(dits.messages.Ping, payload);
    if (data.length > PING_DATA_MAX_BYTES) throw invalidMessage('asks for too long an echo');
    return { data };
  },
};

export const closeCodec: MessageCodec<Close> = {
  encode: (close) => [
    dits.messages.Close.encode({
      code: close.code,
      reason: fitText(close.reason, TEXT_MAX_BYTES),
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.Close, payload);
    return { code: value.code, reason: readText(value.reason, TEXT_MAX_BYTES) };
  },
};

export const errorCodec: MessageCodec<ErrorMessage> = {
  encode: (error) => [
    dits.messages.Error.encode({
      code: error.code,
      message: fitText(error.message, TEXT_MAX_BYTES),
      name: error.name,
      retry_after_ms: error.retryAfterMs,
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.Error, payload);
    return {
      code: value.code,
      message: readText(value.message, TEXT_MAX_BYTES),
      name: readName(value.name, LABEL_MAX_BYTES),
      retryAfterMs: value.retry_after_ms,
    };
  },
};
