/** What `main.ts` needs of the command line; the bundler starts here (docs/adr/0008-start-up.md). */
export { default as platformFolders } from 'env-paths';
export { CliError } from './cli-error.ts';
export { run } from './run.ts';
