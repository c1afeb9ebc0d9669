/** What a relay answers on one connection: reservations on the control stream, circuits on streams of their own. */
import type { Connection } from '../connection.ts';
import type { Conversation } from '../session/conversation.ts';
import type { MessageChannel } from '../session/message-channel.ts';
import { ProtocolError } from '../protocol-error.ts';
import type { CircuitSwitch } from './circuit-switch.ts';

export type CircuitDeskDeps = {
  /** Undefined on a node that is no relay, or for a peer that may not use it as one. */
  readonly circuits: CircuitSwitch | undefined;
  readonly connection: Connection;
  readonly conversation: Conversation;
};

export class CircuitDesk {
  readonly #deps: CircuitDeskDeps;

  constructor(deps: CircuitDeskDeps) {
    this.#deps = deps;
  }

  /** Answers CIRCUIT_RESERVE. @throws ProtocolError to be sent as ERROR */
  async reserve(requestId: number): Promise<void> {
    const { connection, conversation } = this.#deps;
    const circuits = this.#use();
    circuits.reserve({
      peerId: connection.remotePeerId,
      openStream: () => connection.openStream(),
      nextRequestId: () => conversation.nextRequestId(),
      signal: conversation.signal,
    });
    await conversation.send('CIRCUIT_RESERVED', requestId, {
      observed: connection.remoteAddress,
      circuitsMax: circuits.limits.circuitsPerPeerMax,
    });
  }

  /** Answers OBSERVE. @throws ProtocolError to be sent as ERROR */
  async observe(requestId: number): Promise<void> {
    const { connection, conversation } = this.#deps;
    this.#use();
    await conversation.send('OBSERVED', requestId, { address: connection.remoteAddress });
  }

  /** Answers CIRCUIT_CONNECT; resolves when the circuit is over. @throws ProtocolError to be sent as ERROR */
  async connect(
    { channel, requestId }: { readonly channel: MessageChannel; readonly requestId: number },
    peerId: string,
  ): Promise<void> {
    const { connection, conversation } = this.#deps;
    const caller = {
      peerId: connection.remotePeerId,
      signal: conversation.signal,
      connected: async () => {
        const observed = connection.remoteAddress;
        await channel.send('CIRCUIT_CONNECTED', requestId, { observed });
        return channel.takeOver();
      },
    };
    await this.#use().connect(caller, peerId);
  }

  #use(): CircuitSwitch {
    const { circuits, connection } = this.#deps;
    if (circuits === undefined) {
      const what = 'this node relays no connections';
      throw new ProtocolError('DITS_PROTOCOL_UNSUPPORTED', what, {
        hint: 'start it with --relay',
      });
    }
    if (connection.path === 'relay') {
      const what = 'no circuit leads through another one';
      throw new ProtocolError('DITS_PROTOCOL_PERMISSION_DENIED', what);
    }
    return circuits;
  }
}
