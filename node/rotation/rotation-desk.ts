/** What a node does when peers have new keys, or ask about its own. */
import type { KeyRegister, Rotation } from '../../protocol/index.ts';
import type { Logger } from '../logger.ts';
import { NodeError } from '../node-error.ts';
import type { TrustFile } from '../trust/trust-file.ts';
import type { RotationFile } from './rotation-file.ts';
import { rotationProblem } from './rotation-statement.ts';

export type RotationDeskDeps = {
  readonly trust: Pick<TrustFile, 'rotate'>;
  readonly file: Pick<RotationFile, 'chainFrom'>;
  readonly logger: Logger;
  /** Awaited before the peer is answered, so that its new key is known by then. */
  readonly onRotated: () => Promise<void>;
};

export class RotationDesk implements KeyRegister {
  readonly #deps: RotationDeskDeps;

  constructor(deps: RotationDeskDeps) {
    this.#deps = deps;
  }

  /** Believes a peer only about itself, and only what both keys have signed. */
  async rotate(peerId: string, rotation: Rotation): Promise<string | undefined> {
    const { old, new: next } = rotation;
    const refusal = await this.#refusal(peerId, rotation);
    if (refusal === undefined) this.#deps.logger.info('peer.rotated', { old, new: next });
    else {
      const reason = refusal;
      this.#deps.logger.warn('peer.rotation-refused', { peerId, old, new: next, reason });
    }
    return refusal;
  }

  async rotationsFrom(old: string): Promise<readonly Rotation[]> {
    return await this.#deps.file.chainFrom(old);
  }

  async #refusal(peerId: string, rotation: Rotation): Promise<string | undefined> {
    if (rotation.old !== peerId) return 'only a peer itself can tell of its new key';
    const problem = rotationProblem(rotation);
    if (problem !== undefined) return problem;
    try {
      await this.#deps.trust.rotate(rotation);
      await this.#deps.onRotated();
      return undefined;
    } catch (error) {
      if (!(error instanceof NodeError) || error.code !== 'DITS_NODE_NOT_ALLOWED') throw error;
      return error.message;
    }
  }
}
