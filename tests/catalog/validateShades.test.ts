import { describe, expect, it } from 'vitest';
import type { Shade } from '../../src/catalog/shade.ts';
import { validateShades } from '../../src/catalog/validateShades.ts';
import { sampleCatalog, sampleShade } from './sampleShade.ts';

const TODAY = '2026-11-23';
const second = (more: object = {}) => sampleShade({ code: 'T-02', name: 'Test 2', ...more } as Partial<Shade>);
const paths = (shades: readonly Shade[], changed: readonly string[]) =>
  validateShades(
    sampleCatalog([...shades]),
    changed.map((code) => ({ code })),
    TODAY,
  ).map(({ path }) => path);

describe('validateShades', () => {
  it('has nothing to say of sound shades', () => {
    expect(paths([sampleShade(), second()], ['T-02'])).toEqual([]);
  });

  it('reads the fields of changed shades only, with their place in the catalog', () => {
    const broken = second({ name: '' });
    expect(paths([sampleShade(), broken], ['t-02'])).toEqual(['shades[1].name']);
    expect(paths([sampleShade(), broken], ['T-01'])).toEqual([]);
  });

  it('keeps the rules between all shades, whichever was changed', () => {
    expect(paths([sampleShade(), sampleShade()], [])).not.toEqual([]);
    expect(paths([sampleShade(), second({ replacement: 'T-99' })], [])).not.toEqual([]);
  });
});
