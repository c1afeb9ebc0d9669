/** The first two messages: each side's HELLO on the control stream, within a deadline. */
import type { Clock } from '../clock.ts';
import type { ByteStream, Connection, IncomingStream } from '../connection.ts';
import { fromErrorMessage } from '../error-codes.ts';
import { runTogether } from '../flow/task-group.ts';
import type { Hello } from '../messages/hello.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';
import { explainLoss, refuse } from './last-words.ts';
import { MessageChannel } from './message-channel.ts';
import { negotiate, type Negotiated } from './negotiation.ts';
import {
  HANDSHAKE_TIMEOUT_MS,
  HELLO_BYTES_MAX,
  HELLO_COUNT_INTERVAL_MS,
} from './session-limits.ts';

export type Handshake = {
  readonly control: MessageChannel;
  readonly negotiated: Negotiated;
  /** Streams that the peer opens after the control stream. */
  readonly incoming: AsyncIterator<IncomingStream>;
};

export type HandshakeDeps = { readonly connection: Connection; readonly clock: Clock };
export type HandshakeOptions = {
  readonly hello: Hello;
  readonly signal?: AbortSignal | undefined;
};

/** The dialler's side. A failure has closed the connection. */
export function openControl(deps: HandshakeDeps, options: HandshakeOptions): Promise<Handshake> {
  const incoming = deps.connection.incoming()[Symbol.asyncIterator]();
  return shakeHands(deps, options, { incoming, open: () => deps.connection.openStream() });
}

/** The other side: the first stream that the dialler opens is control. A failure has closed the connection. */
export function acceptControl(deps: HandshakeDeps, options: HandshakeOptions): Promise<Handshake> {
  const incoming = deps.connection.incoming()[Symbol.asyncIterator]();
  const open = async (): Promise<ByteStream> => {
    const first = await incoming.next();
    if (first.done === true) {
      throw new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', 'the peer went before its HELLO');
    }
    if (first.value.kind === 'unidirectional') throw invalidMessage('came before the HELLO');
    return first.value.stream;
  };
  return shakeHands(deps, options, { incoming, open });
}

type ControlOpener = {
  readonly incoming: AsyncIterator<IncomingStream>;
  readonly open: () => Promise<ByteStream>;
};

async function shakeHands(
  deps: HandshakeDeps,
  options: HandshakeOptions,
  opener: ControlOpener,
): Promise<Handshake> {
  let control: MessageChannel | undefined;
  let negotiated: Negotiated | undefined;
  let ending: Promise<void> | undefined;
  const exchange = async (): Promise<void> => {
    control = new MessageChannel(await opener.open());
    const [theirs] = await Promise.all([
      receiveHello(control),
      control.send('HELLO', 0, options.hello),
    ]);
    negotiated = negotiate(options.hello, theirs);
  };
  const deadline = async (signal: AbortSignal): Promise<void> => {
    await deps.clock.sleep(HANDSHAKE_TIMEOUT_MS, signal);
    throw new ProtocolError('DITS_PROTOCOL_TIMEOUT', 'the peer did not say HELLO in time');
  };
  const count = async (signal: AbortSignal): Promise<void> => {
    while (deps.connection.stats().bytesReceived <= HELLO_BYTES_MAX) {
      await deps.clock.sleep(HELLO_COUNT_INTERVAL_MS, signal);
    }
    const what = `the peer sent more than ${HELLO_BYTES_MAX} bytes before its HELLO`;
    throw new ProtocolError('DITS_PROTOCOL_TOO_LARGE', what);
  };
  const onStop = (reason: unknown): void => {
    ending = refuse(deps, control, reason);
  };
  try {
    await runTogether({ tasks: [exchange], watchers: [deadline, count], onStop }, options.signal);
  } catch (error) {
    await ending;
    throw await explainLoss(deps.connection, error);
  }
  return { control: control!, negotiated: negotiated!, incoming: opener.incoming };
}

async function receiveHello(control: MessageChannel): Promise<Hello> {
  const received = await control.receive();
  if (received === undefined) {
    throw new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', 'the peer went before its HELLO');
  }
  const { message, requestId } = received;
  if (message?.name === 'ERROR' && requestId === 0) throw fromErrorMessage(message.body);
  if (message?.name !== 'HELLO' || requestId !== 0) throw invalidMessage('came before the HELLO');
  return message.body;
}
