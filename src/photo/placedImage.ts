import { type Address, floatsAt, placeFloats, takeRoom, wipeRoom } from './kernels.ts';

/** Numbers of the largest image that stays placed: 1,024 pixels squared. */
export const MOST_PLACED = 3 * 1024 * 1024;

/** Where such an image is made or copied to; taken once, so never given back. */
export const IMAGE_ROOM: Address = takeRoom(4 * MOST_PLACED);

/** The image that lies there. */
let placed: WeakRef<Float32Array> | null = null;

/** Numbers that nobody reads any more: those of the next image take their place. */
let spare: Float32Array | null = null;

/** A copy of the image that was made in `IMAGE_ROOM`, where it stays. */
export function takePlaced(numbers: number): Float32Array {
  const rgb = spare?.length === numbers ? spare : new Float32Array(numbers);
  spare = null;
  rgb.set(floatsAt(IMAGE_ROOM, numbers));
  placed = new WeakRef(rgb);
  return rgb;
}

/** Takes back an image that nobody reads any more. */
export function recycleImage(rgb: Float32Array): void {
  spare = rgb;
}

/** Leaves nothing of any photo in memory. */
export function wipeImages(): void {
  spare = null;
  placed = null;
  wipeRoom();
}

/** Where the kernels find an image that is looked at once: the placed one as it is, another in room that its caller gives back. */
export function placeBeside(rgb: Float32Array): Address {
  return placed?.deref() === rgb ? IMAGE_ROOM : placeFloats(rgb);
}

/**
 * Where the kernels find an image whose numbers never change. Several steps read the same one after another, so the last
 * one stays where it is; a larger one takes room that its caller gives back.
 */
export function placeImage(rgb: Float32Array): Address {
  if (rgb.length > MOST_PLACED) return placeFloats(rgb);
  if (placed?.deref() !== rgb) {
    floatsAt(IMAGE_ROOM, rgb.length).set(rgb);
    placed = new WeakRef(rgb);
  }
  return IMAGE_ROOM;
}
