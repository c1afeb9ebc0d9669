/** Where tests find data that is not compiled: the tests run from dist/. */
import { fileURLToPath } from 'node:url';

/** Path of a file below test/, from the compiled tests or from their source. */
export function fixturePath(name: string): string {
  const here = fileURLToPath(new URL('.', import.meta.url));
  return here.replace(/([\\/])dist([\\/])test([\\/])/, '$1test$3').replace(/support[\\/]$/, name);
}
