/**
 * Loops over very many pixels, in AssemblyScript: TypeScript with the processor's own kinds of numbers, four or sixteen of
 * which are worked on at once. `../kernels.ts` gives them addresses in their memory and says what they take. Every array
 * may be read and written up to 48 bytes past its end.
 */
export { averagePairs, tabulatePairs } from './averagePairs';
export { cutIntoBlocks, divideByLevel, meanOverBlocks, sumAboutLevel } from './blocks';
export { boxBlur } from './boxBlur';
export { addCellRow, takeCellMeans } from './cells';
export { convertPrimaries, correct } from './correction';
export { findEdges } from './findEdges';
export { halve } from './halve';
export { readLuma } from './luma';
export { countNumbers, scale, sumMissing } from './numbers';
export { findParts } from './parts';
export { readCodes, takeLuminance } from './patch';
export { findRegions } from './regions';
export { takeResponse } from './response';
export { findStandingEdges, readLines } from './seam';
export { traceShafts } from './shafts';
export { sumColours, sumQuarters } from './skinColour';
export { sumTexture } from './texture';
export { blurTile, takeGradients } from './tile';
export { assignWords } from './words';

/** Where memory for arrays begins. */
export const firstFree: usize = __heap_base;
