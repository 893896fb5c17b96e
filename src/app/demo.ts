import { join } from 'node:path';
import { measuringTexts } from '../language/texts/measuring.ts';
import { projectRoot } from '../projectRoot.ts';
import type { MatchOwner } from '../storage/matchRecord.ts';
import { parseMatchOptions } from './matchOptions.ts';
import type { Services } from './services.ts';
import { submitPhoto } from './submitPhoto.ts';

/** A computer-made photo with known truth (public/demo/truth.json). */
const DEMO_PHOTO = join(projectRoot, 'public/demo/scalp-with-card.jpg');

/** Runs the demo photo through the same steps as any photo, against the bundled neutral line. */
export function submitDemo(services: Services, owner: MatchOwner, key: string | null): Promise<string> {
  const options = parseMatchOptions({ palette: 'demo-ash' });
  return submitPhoto(services, owner, { path: DEMO_PHOTO, alias: measuringTexts.demo, key, options });
}
