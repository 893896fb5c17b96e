import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePhoto } from '../../../src/photo/decode/decodePhoto.ts';
import { paintScene } from './paintScene.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stipple-decode-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function save(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

describe('decodePhoto', () => {
  it('gives the stored numbers of a PNG unchanged, whatever its name', async () => {
    const scene = paintScene(240, 210);
    const png = await sharp(scene.data, { raw: { width: 240, height: 210, channels: 3 } })
      .png()
      .toBuffer();
    const photo = await decodePhoto(await save('really-a-png.jpg', png));
    expect(photo.format).toBe('png');
    expect([photo.raster.widthPx, photo.raster.heightPx]).toEqual([240, 210]);
    expect(Buffer.compare(photo.raster.data as Uint8Array, scene.data)).toBe(0);
    expect(photo.raster.toSrgb).toBeNull();
  });
});
