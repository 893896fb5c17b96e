import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { RasterPhoto } from './rasterPhoto.ts';

type Transfer = (this: ArrayBufferLike, length: number) => ArrayBuffer;

/** `ArrayBuffer.prototype.transfer`, which Node 20 has behind a switch, and only in contexts made after it was set. */
function findTransfer(): Transfer {
  const { transfer } = ArrayBuffer.prototype as { transfer?: Transfer };
  if (transfer) return transfer;
  setFlagsFromString('--harmony-rab-gsab-transfer');
  return runInNewContext('ArrayBuffer.prototype.transfer') as Transfer;
}

const transfer = findTransfer();

/** Gives memory outside the heap back at once; nobody can read it afterwards. The garbage collector would take its time. */
export function releaseMemory(memory: ArrayBufferLike): void {
  transfer.call(memory, 0);
}

/** Gives the memory of a photo's pixels back. */
export function releasePhoto({ data }: RasterPhoto): void {
  releaseMemory(data.buffer);
}
