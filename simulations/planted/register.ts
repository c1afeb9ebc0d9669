/** For `node --import`: has the bug of the environment variable PLANTED_BUG put into the modules that are loaded after this. */
import { register } from 'node:module';
import { PLANTED_BUGS } from './planted-bugs.ts';

const name = process.env['PLANTED_BUG'];
const bug = PLANTED_BUGS.find((one) => one.name === name);
if (bug === undefined) throw new Error(`there is no planted bug ${name}`);
register('./hooks.js', import.meta.url, { data: bug });
