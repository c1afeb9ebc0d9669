/** What was found wrong with a file of a repository that is not the store's. */
export type FileProblem = {
  /** Name inside the repository's folder: `config.toml`. */
  readonly file: string;
  /** A sentence. */
  readonly problem: string;
  /** What was done about it; undefined when nothing was. */
  readonly mended?: string | undefined;
};
