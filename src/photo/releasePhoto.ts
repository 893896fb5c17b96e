import type { RasterPhoto } from './rasterPhoto.ts';

/** Newer engines have it; Node 20 in threads that were started with a switch (see `photoPool.ts`). */
interface Detachable {
  transfer?(length: number): ArrayBuffer;
}

/**
 * Gives the memory of a photo's pixels back at once; nobody can read it afterwards. The garbage collector would take some
 * photos' time to notice.
 */
export function releasePhoto({ data }: RasterPhoto): void {
  (data.buffer as Detachable).transfer?.(0);
}
