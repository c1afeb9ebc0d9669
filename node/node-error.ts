/** Failures of a running peer: its key, its trust, its sockets, the way to another peer. Codes are listed in docs/errors.md. */
import { DitsError, type DitsErrorOptions } from '../store/index.ts';

export type NodeErrorCode =
  /** An address, repository name or peer id that does not parse. */
  | 'DITS_NODE_BAD_ADDRESS'
  | 'DITS_NODE_HOST_NOT_FOUND'
  /** Nothing answers at the address: refused, silent, or no route. */
  | 'DITS_NODE_UNREACHABLE'
  /** Something answers, but it does not speak this protocol. */
  | 'DITS_NODE_PROTOCOL_MISMATCH'
  /** The peer answers and turns the connection away: too many connections, or stopping. */
  | 'DITS_NODE_REFUSED'
  /** The peer proved another identity than the expected one, or none. */
  | 'DITS_NODE_IDENTITY_MISMATCH'
  /** The peer's identity is proven, but nobody has said that it may be trusted. */
  | 'DITS_NODE_UNKNOWN_PEER'
  /** A known peer without the grant that the operation needs. */
  | 'DITS_NODE_NOT_ALLOWED'
  /** A text that cannot be a pairing code. */
  | 'DITS_NODE_CODE_INVALID'
  /** Nobody offers this code: it is over, was used, or never was. */
  | 'DITS_NODE_CODE_NOT_FOUND'
  /** The codes of the two sides differ, or somebody in between altered what they sent. */
  | 'DITS_NODE_WRONG_CODE'
  /** Nobody came while the code was good. */
  | 'DITS_NODE_CODE_EXPIRED'
  /** One of the two people said no. */
  | 'DITS_NODE_PAIRING_DECLINED'
  /** A text that is no ticket, or not a whole one. */
  | 'DITS_NODE_TICKET_INVALID'
  | 'DITS_NODE_PORT_BUSY'
  /** The address to listen on cannot be bound for another reason. */
  | 'DITS_NODE_LISTEN_FAILED'
  /** The identity file is not a valid key. It is never overwritten. */
  | 'DITS_NODE_KEY_CORRUPT'
  | 'DITS_NODE_TRUST_CORRUPT'
  | 'DITS_NODE_CONFIG_INVALID'
  /** No node runs for this home folder. */
  | 'DITS_NODE_NOT_RUNNING'
  | 'DITS_NODE_ALREADY_RUNNING'
  /** A folder to serve is missing or is not a repository. */
  | 'DITS_NODE_BAD_REPOSITORY'
  /** Any other failure of the operating system on a file of the home folder. */
  | 'DITS_NODE_IO'
  /** Used after close. */
  | 'DITS_NODE_CLOSED';

export class NodeError extends DitsError {
  readonly code: NodeErrorCode;

  constructor(code: NodeErrorCode, message: string, options?: DitsErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
