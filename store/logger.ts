/** Where a layer reports what an operator may want to know. Events are named `subject.what-happened`. */
export type Logger = (event: string, fields?: Readonly<Record<string, unknown>>) => void;

/** Drops every event. */
export const silentLogger: Logger = () => undefined;
