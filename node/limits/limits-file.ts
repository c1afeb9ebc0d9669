/** The limits of a home folder, on disk. */
import { HomeFile } from '../home-file.ts';
import { NO_LIMITS, formatLimits, parseLimits, type Limits } from './limits-format.ts';

/** Room for `PAUSED_PEERS_MAX` peer ids. */
const LIMITS_FILE_SIZE_MAX_BYTES: number = 1024 * 1024;

export class LimitsFile {
  readonly #file: HomeFile<Limits>;

  constructor(home: string) {
    this.#file = new HomeFile(home, {
      fileName: 'limits.toml',
      lockName: 'limits.lock',
      subject: 'the limits',
      sizeMaxBytes: LIMITS_FILE_SIZE_MAX_BYTES,
      tooBigCode: 'DITS_NODE_CONFIG_INVALID',
      absent: NO_LIMITS,
      parse: parseLimits,
      format: formatLimits,
    });
  }

  /** @throws NodeError DITS_NODE_CONFIG_INVALID, DITS_NODE_IO */
  read(): Promise<Limits> {
    return this.#file.read();
  }

  /** Changes when the file does. */
  version(): Promise<string> {
    return this.#file.version();
  }

  /** Returns what holds from now on. @throws as `read` */
  change(change: (limits: Limits) => Limits): Promise<Limits> {
    return this.#file.change((before) => {
      const limits = change(before);
      return { value: limits, result: limits };
    });
  }
}
