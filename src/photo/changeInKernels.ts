import { type Address, floatsAt, giveBack, kernels, markRoom, placeFloats } from './kernels.ts';

/**
 * Lets a kernel change an array of numbers: where it lies, if that is in the kernels' memory, else a copy, which is
 * copied back. Views of that memory may be lost, as ever when room is taken.
 */
export function changeInKernels(values: Float32Array, change: (at: Address) => void): void {
  if (values.buffer === kernels.memory.buffer) {
    change(values.byteOffset);
    return;
  }
  const mark = markRoom();
  const at = placeFloats(values);
  change(at);
  values.set(floatsAt(at, values.length));
  giveBack(mark);
}
