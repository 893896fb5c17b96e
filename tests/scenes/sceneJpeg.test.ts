import sharp from 'sharp';
import { expect, it } from 'vitest';
import { sceneJpeg } from '../fixtures/scenes/sceneJpeg.ts';
import { faultAt, sceneSet } from '../fixtures/scenes/sceneSet.ts';

it('writes a scene as a JPEG of its own size, and a fault is seen in it', async () => {
  const specs = sceneSet('faults', 6, 2);
  const small = { widthPx: 320, heightPx: 240 };
  const brightness = async (fault: string): Promise<number> => {
    const index = specs.findIndex((_, i) => faultAt(i) === fault);
    const image = sharp(await sceneJpeg({ ...specs[index]!, ...small }));
    const { width, height, format } = await image.metadata();
    expect([width, height, format]).toEqual([320, 240, 'jpeg']);
    return (await image.stats()).channels[1]!.mean;
  };
  expect(await brightness('dark')).toBeLessThan(50);
  expect(await brightness('overexposed')).toBeGreaterThan(130);
});
