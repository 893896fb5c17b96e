import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds views/, palettes/ and public/: one above src/ in development, one above dist/ when built. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));
