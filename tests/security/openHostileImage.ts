import { StippleError } from '../../src/errors.ts';
import { decodePhoto } from '../../src/photo/decode/decodePhoto.ts';
import { keepMeasurable } from '../../src/photo/strip/keepMeasurable.ts';

/**
 * Does with a file what a worker does before it accepts one. Returns the code of the refusal, or null when it was taken.
 * @throws Error when the file was neither refused in words nor came out as a whole picture without its metadata
 */
export async function openHostileImage(path: string): Promise<string | null> {
  try {
    const decoded = await decodePhoto(path);
    const { raster } = decoded;
    if (raster.data.length !== 3 * raster.widthPx * raster.heightPx) throw new Error('Expected a whole picture.');
    const finite = [...raster.toLinear, raster.toSrgb ?? []].every((values) => values.every(Number.isFinite));
    if (!finite) throw new Error('Expected finite colours.');
    await keepMeasurable(path, decoded);
    return null;
  } catch (error) {
    if (!(error instanceof StippleError) || error.code === 'SMP_INTERNAL') throw error;
    return error.code;
  }
}
