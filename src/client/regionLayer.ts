import { LABEL, type LabelMask } from '../masks/label.ts';
import { outlineMask } from '../masks/outlineMask.ts';
import { KINDS, type Kind, type Patch } from './regionFields.ts';
import { say } from './say.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** One repeat of the patterns on the screen. */
const PATTERN_PX = 11;

/** What is drawn over the photo: painted areas, patches, and where the keyboard or the brush is. */
export interface RegionDrawing {
  readonly patches: readonly Patch[];
  readonly mask: LabelMask | null;
  /** Photo pixels. */
  readonly cross: { readonly x: number; readonly y: number; readonly arm: number } | null;
  readonly brush: { readonly x: number; readonly y: number; readonly radius: number } | null;
}

/** Draws into the SVG that covers the photo, whose units are photo pixels. */
export function drawRegions(
  layer: SVGSVGElement,
  width: number,
  height: number,
  zoom: number,
  drawing: RegionDrawing,
): void {
  const pixel = width / (layer.clientWidth || width) / zoom;
  scalePatterns(layer, pixel);
  for (const old of layer.querySelectorAll('[data-drawn]')) old.remove();
  const add = (name: string, attributes: Record<string, string | number>) => {
    const element = document.createElementNS(SVG, name);
    element.setAttribute('data-drawn', '');
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    layer.append(element);
  };
  /** Black under white, so that it shows on anything. */
  const outline = (name: string, shape: Record<string, string | number>, fill: string, marks = {}) => {
    add(name, { ...shape, fill: 'none', stroke: '#000000', 'stroke-width': 3.5 * pixel });
    add(name, { ...shape, ...marks, fill, stroke: '#ffffff', 'stroke-width': 1.5 * pixel });
  };
  for (const kind of KINDS) {
    const d = drawing.mask ? outlineMask(drawing.mask, LABEL[kind], width, height) : '';
    if (d) outline('path', { d }, `url(#pat-${kind})`, { 'data-painted': kind });
  }
  for (const { kind, box } of drawing.patches) {
    const [x, y, w, h] = box;
    outline('rect', { x, y, width: w, height: h }, `url(#pat-${kind})`, { 'data-patch-rect': '' });
  }
  if (drawing.brush) {
    const { x, y, radius } = drawing.brush;
    outline('circle', { cx: x, cy: y, r: Math.max(radius, 2 * pixel), 'data-brush-ring': '' }, 'none');
  }
  if (drawing.cross) {
    const { x, y, arm } = drawing.cross;
    outline('path', { d: `M${x - arm} ${y}h${2 * arm}M${x} ${y - arm}v${2 * arm}`, 'data-cross': '' }, 'none');
  }
  layer.setAttribute('aria-label', describe(drawing));
}

/** Patterns keep their size on the screen, however large the photo is shown: scaled down they would turn to moiré. */
function scalePatterns(layer: SVGSVGElement, pixel: number): void {
  for (const pattern of layer.querySelectorAll('pattern')) {
    const turn = pattern.id === 'pat-hair' ? 'rotate(45) ' : '';
    pattern.setAttribute('patternTransform', `${turn}scale(${(PATTERN_PX * pixel) / Number(layer.dataset.unit)})`);
  }
}

function describe({ patches, mask }: RegionDrawing): string {
  const count = (kind: Kind) => patches.filter((patch) => patch.kind === kind).length;
  const painted = mask ? KINDS.filter((kind) => mask.labels.includes(LABEL[kind])) : [];
  const marked = say('patches', { hair: count('hair'), skin: count('skin'), avoid: count('avoid') });
  return painted.length > 0
    ? say('painted', { patches: marked, areas: painted.map((kind) => say(kind)).join(', ') })
    : marked;
}
