/** Runs the stages of one piece of work side by side: the first failure stops all of them, and nothing is left running. */

type Task = (signal: AbortSignal) => Promise<void>;

export type TaskGroup = {
  /** The work: done when all of them are. */
  readonly tasks: readonly Task[];
  /** Run beside the work and are stopped when it is done. */
  readonly watchers?: readonly Task[] | undefined;
  /** Called once when a stage failed or the caller's signal fired, to wake whoever waits on a stream or a queue. */
  readonly onStop?: ((reason: unknown) => void) | undefined;
};

/** @throws what the first failing stage threw, or `signal.reason` when the caller gave up */
export async function runTogether(group: TaskGroup, outer?: AbortSignal): Promise<void> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  let failure: { readonly error: unknown } | undefined;
  const stop = (error: unknown): void => {
    if (failure !== undefined) return;
    failure = { error };
    controller.abort(error);
    group.onStop?.(error);
  };
  const onAbort = (): void => stop(outer?.reason);
  outer?.addEventListener('abort', onAbort, { once: true });
  const run = async (task: Task): Promise<void> => {
    try {
      await task(controller.signal);
    } catch (error) {
      // After the work is done, or has failed, stages end because they were told to: only the first reason counts.
      if (!controller.signal.aborted) stop(error);
    }
  };
  const watching = (group.watchers ?? []).map(run);
  try {
    await Promise.all(group.tasks.map(run));
  } finally {
    outer?.removeEventListener('abort', onAbort);
    controller.abort();
    await Promise.all(watching);
  }
  const failed = failure as { readonly error: unknown } | undefined;
  if (failed !== undefined) throw failed.error;
}
