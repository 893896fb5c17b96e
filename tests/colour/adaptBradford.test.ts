import { lab as culoriLab, lab65 as culoriLab65 } from 'culori';
import { describe, expect, test } from 'vitest';
import { adaptBradford, adaptLabToLab65, lab50ToLab65 } from '../../src/colour/adaptBradford.ts';
import { D50_WHITE, D65_WHITE } from '../../src/colour/xyzLab.ts';

describe('Bradford adaptation', () => {
  test('takes one white to the other', () => {
    const adapted = adaptBradford(D50_WHITE, D50_WHITE, D65_WHITE);
    D65_WHITE.forEach((value, i) => {
      expect(adapted[i]).toBeCloseTo(value, 12);
    });
  });

  test('from D50 to D65 and back changes nothing', () => {
    const skin = [0.31, 0.27, 0.2] as const;
    const back = adaptBradford(adaptBradford(skin, D50_WHITE, D65_WHITE), D65_WHITE, D50_WHITE);
    skin.forEach((value, i) => {
      expect(back[i]).toBeCloseTo(value, 12);
    });
  });

  test('takes the published D50 sRGB red (ICC.1 profile colorant) to its D65 XYZ', () => {
    const red = adaptBradford([0.43607, 0.22249, 0.01392], D50_WHITE, D65_WHITE);
    [0.41239, 0.21264, 0.01933].forEach((value, i) => {
      expect(red[i]).toBeCloseTo(value, 3);
    });
  });

  test.each(['#c68642', '#8d5524', '#f1c27d', '#2c1b18', '#808080'])(
    'Lab D50 of %s becomes culori’s Lab D65',
    (hex) => {
      const d50 = culoriLab(hex)!;
      const d65 = culoriLab65(hex)!;
      const adapted = lab50ToLab65([d50.l, d50.a, d50.b]);
      [d65.l, d65.a, d65.b].forEach((value, i) => {
        expect(Math.abs(adapted[i]! - value)).toBeLessThan(0.01);
      });
    },
  );

  test('a neutral stays neutral under any white', () => {
    const incandescent = [1.0985, 1, 0.35585] as const;
    const grey = adaptLabToLab65([50, 0, 0], incandescent);
    expect(grey[0]).toBeCloseTo(50, 10);
    expect(Math.hypot(grey[1], grey[2])).toBeLessThan(1e-9);
  });
});
