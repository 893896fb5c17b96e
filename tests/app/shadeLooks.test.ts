import { expect, it } from 'vitest';
import { answerShadeLooks, type Equivalent } from '../../src/app/catalogs/shadeLooks.ts';
import { loadPalettes } from '../../src/catalog/loadPalettes.ts';
import type { Catalog } from '../../src/catalog/shade.ts';

it('finds a shade that heals the same among 3,100, though not every pigment is worked out', async () => {
  const ash = (await loadPalettes('palettes')).find(({ id }) => id === 'demo-ash')!;
  const [first] = ash.shades;
  const { spectrum: _, ...masstone } = first!.masstone;
  const plain = { ...first!, letDowns: [], optics: undefined, masstone };
  const shades = Array.from({ length: 3100 }, (_, at) => ({
    ...plain,
    code: `B-${at}`,
    masstone: { ...masstone, lab: [20 + at / 100, (at % 37) / 5, (at % 53) / 5] },
  }));
  const big = {
    ...ash,
    id: 'big',
    shades,
  } as unknown as Catalog;
  const known = { ...ash, shades: [plain] } as unknown as Catalog;
  const question = { ask: 'equivalents', skin: 'tan', shade: { catalogId: ash.id, code: plain.code } } as const;
  const found = answerShadeLooks({
    kind: 'shadeLooks',
    catalogs: [known, big],
    question: { ...question, inCatalog: 'big' },
  }) as { nearest: Equivalent[]; workedOut: number; active: number };
  expect(found.active).toBe(3100);
  expect(found.workedOut).toBeLessThan(1000);
  expect(found.nearest[0]!.deltaE00).toBeLessThan(0.1);
});
