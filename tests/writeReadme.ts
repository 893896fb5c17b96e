import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../src/projectRoot.ts';
import { markedPart, README_TABLES } from './readmeTables.ts';

/** `npm run readme`: writes the README's tables again from what they describe. */
const file = join(projectRoot, 'README.md');
let text = readFileSync(file, 'utf8');
for (const [name, write] of Object.entries(README_TABLES)) text = text.replace(markedPart(name), () => write());
writeFileSync(file, text);
