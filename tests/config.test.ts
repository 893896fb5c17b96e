import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig, settingsTable } from '../src/config.ts';
import { projectRoot } from '../src/projectRoot.ts';

describe('settings', () => {
  it('are listed in the README exactly as they are read', () => {
    const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
    const shown = /<!-- settings -->\n([\s\S]*?)<!-- \/settings -->/.exec(readme)?.[1];
    expect(shown).toBe(settingsTable());
  });

  it('name every fault in one message and treat empty values as absent', () => {
    expect(() => readConfig({ PORT: 'many', PHOTO_WORKERS: '0' })).toThrow(/PORT: .*; PHOTO_WORKERS: /);
    expect(readConfig({ PORT: '' }).PORT).toBe(3000);
  });

  it('do not change after start', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });
});
