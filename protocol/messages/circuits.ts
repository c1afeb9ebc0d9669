/** Circuits through a relay and the way around it: CIRCUIT_RESERVE to OBSERVED (docs/protocol.md, "Circuits"). */
import { dits } from '#gen/messages';
import { ENDPOINT_MAX_BYTES, LABEL_MAX_BYTES, PUNCH_ADDRESSES_MAX } from './limits.ts';
import { decodePayload, invalidMessage, readName, type MessageCodec } from './wire-fields.ts';

/** A message that says everything by being there. */
export type Nothing = Readonly<Record<string, never>>;

export type CircuitReserved = {
  /** `HOST:PORT` at which the relay sees the peer. */
  readonly observed: string;
  /** Circuits that may lead to the peer at a time. */
  readonly circuitsMax: number;
};
export type CircuitConnect = { readonly peerId: string };
export type CircuitConnected = { readonly observed: string };
export type CircuitOffer = { readonly peerId: string };
/** `HOST:PORT` each, as the peer wrote it: to be checked before it is used. */
export type PunchAddresses = { readonly addresses: readonly string[] };
/** `HOST:PORT` at which the peer sees the asker. */
export type Observed = { readonly address: string };

type NothingType = {
  encode(value: object): { finish(): Uint8Array };
  decode(reader: never): object;
};

function nothingCodec(type: NothingType): MessageCodec<Nothing> {
  return {
    encode: () => [type.encode({}).finish()],
    decode: (payload) => {
      decodePayload(type as never, payload);
      return {};
    },
  };
}

export const circuitReserveCodec: MessageCodec<Nothing> = nothingCodec(
  dits.messages.CircuitReserve,
);
export const circuitAcceptCodec: MessageCodec<Nothing> = nothingCodec(dits.messages.CircuitAccept);
export const observeCodec: MessageCodec<Nothing> = nothingCodec(dits.messages.Observe);

export const circuitReservedCodec: MessageCodec<CircuitReserved> = {
  encode: ({ observed, circuitsMax }) => [
    dits.messages.CircuitReserved.encode({ observed, circuits_max: circuitsMax }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.CircuitReserved, payload);
    return {
      observed: readName(value.observed, ENDPOINT_MAX_BYTES),
      circuitsMax: value.circuits_max,
    };
  },
};

export const circuitConnectCodec: MessageCodec<CircuitConnect> = {
  encode: ({ peerId }) => [dits.messages.CircuitConnect.encode({ peer_id: peerId }).finish()],
  decode: (payload) => ({
    peerId: readPeerName(decodePayload(dits.messages.CircuitConnect, payload).peer_id),
  }),
};

export const circuitConnectedCodec: MessageCodec<CircuitConnected> = {
  encode: ({ observed }) => [dits.messages.CircuitConnected.encode({ observed }).finish()],
  decode: (payload) => ({
    observed: readName(
      decodePayload(dits.messages.CircuitConnected, payload).observed,
      ENDPOINT_MAX_BYTES,
    ),
  }),
};

export const circuitOfferCodec: MessageCodec<CircuitOffer> = {
  encode: ({ peerId }) => [dits.messages.CircuitOffer.encode({ peer_id: peerId }).finish()],
  decode: (payload) => ({
    peerId: readPeerName(decodePayload(dits.messages.CircuitOffer, payload).peer_id),
  }),
};

export const punchCodec: MessageCodec<PunchAddresses> = {
  encode: ({ addresses }) => [dits.messages.Punch.encode({ addresses: [...addresses] }).finish()],
  decode: (payload) =>
    readAddresses(
      decodePayload(dits.messages.Punch, payload, { 1: { max: PUNCH_ADDRESSES_MAX } }).addresses,
    ),
};

export const punchReadyCodec: MessageCodec<PunchAddresses> = {
  encode: ({ addresses }) => [
    dits.messages.PunchReady.encode({ addresses: [...addresses] }).finish(),
  ],
  decode: (payload) =>
    readAddresses(
      decodePayload(dits.messages.PunchReady, payload, { 1: { max: PUNCH_ADDRESSES_MAX } })
        .addresses,
    ),
};

export const observedCodec: MessageCodec<Observed> = {
  encode: ({ address }) => [dits.messages.Observed.encode({ address }).finish()],
  decode: (payload) => ({
    address: readName(decodePayload(dits.messages.Observed, payload).address, ENDPOINT_MAX_BYTES),
  }),
};

function readPeerName(text: string): string {
  const peerId = readName(text, LABEL_MAX_BYTES);
  if (peerId === '') throw invalidMessage('names no peer');
  return peerId;
}

function readAddresses(addresses: readonly string[]): PunchAddresses {
  return { addresses: addresses.map((address) => readName(address, ENDPOINT_MAX_BYTES)) };
}
