import sharp from 'sharp';
import type { Catalog } from '../catalog/shade.ts';
import { lab65 } from '../colour/lab65.ts';
import { StippleError } from '../errors.ts';
import { readMask } from '../masks/maskText.ts';
import { buildClientTable, type ClientTable } from '../optics/clientTable.ts';
import { OpticsInputError } from '../optics/opticsInputError.ts';
import { enlargedSize } from '../preview/drawnSize.ts';
import type { Picture } from '../preview/picture.ts';
import { createPreviewer, type Preview } from '../preview/previewer.ts';
import type { PreviewOptions } from './previewOptions.ts';
import type { PreviewScene } from './previewScene.ts';
import { type PreviewShade, pigmentOfShade } from './previewShade.ts';

/** Everything a preview is made from, as plain data. */
export interface PreviewQuestion {
  readonly scene: PreviewScene;
  readonly shade: PreviewShade;
  /** Studio calibration: factor on the pigment's strength. */
  readonly strength: number;
  readonly options: PreviewOptions;
}

/** One preview picture of a stored photo, for the pool. */
export interface PreviewTask {
  readonly kind: 'preview';
  /** The display picture's file. */
  readonly photo: Uint8Array;
  readonly question: PreviewQuestion;
  readonly catalogs: readonly Catalog[];
}

export interface PreviewAnswer {
  /** sRGB JPEG without metadata. */
  readonly bytes: Uint8Array;
  readonly sentences: readonly string[];
  /** How many dots were drawn. */
  readonly dots: number;
}

const QUALITY = 88;

/** Tables of the last few skins asked for: a page asks for several previews of one client in a row. */
const tables = new Map<string, ClientTable>();
const MOST_TABLES = 4;

function tableOf({ skin, gapMm }: PreviewScene): ClientTable {
  const key = `${skin} ${gapMm}`;
  const table = tables.get(key) ?? buildClientTable(lab65(...skin), gapMm === null ? {} : { gapMm });
  tables.delete(key);
  tables.set(key, table);
  if (tables.size > MOST_TABLES) tables.delete(tables.keys().next().value!);
  return table;
}

/**
 * Draws a preview on pixels: the same code as in the browser.
 * @param ends `asked` draws the end of a range that the options name, `both` both of them
 * @throws StippleError SMP_OPTION_INVALID for numbers that cannot be, SMP_NOT_FOUND for a shade that is gone
 */
export function drawPreview(
  picture: Picture,
  { scene, shade, strength, options }: PreviewQuestion,
  catalogs: readonly Catalog[],
  ends: 'asked' | 'both',
): Preview {
  const pigment = pigmentOfShade(shade, catalogs, strength);
  const { stage, density, session, light, treatment, mask, seed, mirror, range } = options;
  try {
    const table = tableOf(scene);
    const previewer = createPreviewer({
      picture,
      regions: readMask(scene.regions),
      pxPerMm: (scene.scale.pxPerMm * picture.widthPx) / scene.widthPx,
      table,
      hand: scene.hand,
      isDrawnOnce: true,
    });
    return previewer.render({
      ...{
        pigment,
        partsDiluent: shade.partsDiluent,
        stage,
        density,
        session,
        light,
        treatment,
        area: mask,
        seed,
        mirror,
      },
      ...(ends === 'asked' ? { only: range } : {}),
    });
  } catch (cause) {
    if (cause instanceof OpticsInputError) throw new StippleError('SMP_OPTION_INVALID', cause.message, { cause });
    throw cause;
  }
}

/** A stored display picture with the preview drawn on it, enlarged where it is too small for single dots. Keeps nothing. */
export async function renderPreview({ photo, question, catalogs }: PreviewTask): Promise<PreviewAnswer> {
  const { widthPx, heightPx } = enlargedSize(question.scene);
  const decoded = sharp(photo).removeAlpha();
  const enlarged = widthPx > question.scene.widthPx ? decoded.resize(widthPx, heightPx, { fit: 'fill' }) : decoded;
  const { data, info } = await enlarged.raw().toBuffer({ resolveWithObject: true });
  const source: Picture = { widthPx: info.width, heightPx: info.height, channels: 3, data };
  const { pictures, sentences, dots } = drawPreview(source, question, catalogs, 'asked');
  const { picture } = pictures[0]!;
  const bytes = await sharp(picture.data, { raw: { width: info.width, height: info.height, channels: 3 } })
    // Tables of its own would make the file 2 % smaller and take three times as long.
    .jpeg({ quality: QUALITY, chromaSubsampling: '4:4:4', optimiseCoding: false })
    .toBuffer();
  return { bytes, sentences, dots };
}
