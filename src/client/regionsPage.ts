import { growLabel, paintBox, paintSegment, removeArea, shrinkLabel } from '../masks/editMask.ts';
import { LABEL, type Label, type LabelMask } from '../masks/label.ts';
import { readMask, writeMask } from '../masks/maskText.ts';
import { ownGestures, type ScreenPlace } from './ownGestures.ts';
import { enablePhotoCanvas, toPhotoPixels } from './photoCanvas.ts';
import { zoomPhoto } from './photoZoom.ts';
import { focusProblem } from './problemFocus.ts';
import { type Kind, type Patch, readFields, writeFields } from './regionFields.ts';
import { drawRegions } from './regionLayer.ts';
import { say } from './say.ts';
import { keepHistory } from './undoHistory.ts';

/** What is marked: patches as numbers, and areas painted on a grid over the photo. Both are replaced, never changed. */
interface Marks {
  readonly patches: readonly Patch[];
  readonly mask: LabelMask | null;
}

const form = document.querySelector<HTMLFormElement>('[data-regions]')!;
const canvas = form.querySelector<HTMLElement>('[data-canvas]')!;
const photo = canvas.querySelector<HTMLElement>('[data-layer]')!;
const layer = form.querySelector<SVGSVGElement>('[data-patches]')!;
const maskField = form.querySelector<HTMLInputElement>('input[name="mask"]')!;
const brushSize = form.querySelector<HTMLInputElement>('[data-brush-size]')!;
const sizeRow = form.querySelector<HTMLElement>('[data-size-row]')!;
const button = (name: string) => form.querySelector<HTMLButtonElement>(`[data-${name}]`)!;
const width = Number(canvas.dataset.width);
const height = Number(canvas.dataset.height);
const size = Number(canvas.dataset.patch);
const suggested = readMask(canvas.dataset.suggested ?? '');
/** Grid that areas are painted on: that of the suggestion. */
const grid = suggested ?? { widthPx: 256, heightPx: Math.max(1, Math.round((256 * height) / width)) };
const cellPx = width / grid.widthPx;

const draft: { mask: LabelMask | null; last: readonly [number, number] } = { mask: null, last: [0, 0] };
let cross = { x: width / 2, y: height / 2 };
let hover: readonly [number, number] | null = null;

const history = keepHistory<Marks>(
  { patches: readFields(form), mask: readMask(maskField.value) },
  { undo: button('undo'), redo: button('redo') },
  () => {
    writeFields(form, history.state.patches);
    maskField.value = history.state.mask ? writeMask(history.state.mask) : '';
    draw();
  },
);
const zoom = zoomPhoto(canvas, photo, draw);

const chosen = (name: string) => String(new FormData(form).get(name) ?? '');
const brushing = () => chosen('tool') === 'brush';
/** Shares of the shorter side, from a fine point to a hand's breadth. */
const brushRadiusPx = () => 0.006 * 1.33 ** Number(brushSize.value) * Math.min(width, height);
const chosenLabel = (): Label => LABEL[chosen('kind') as Kind] ?? LABEL.other;

function draw(): void {
  const at = hover ?? (document.activeElement === canvas ? ([cross.x, cross.y] as const) : null);
  const { patches, mask } = history.state;
  drawRegions(layer, width, height, zoom.scale, {
    patches: draft.mask ? [] : patches,
    mask: draft.mask ?? mask,
    cross: document.activeElement === canvas && !hover ? { ...cross, arm: size / 3 } : null,
    brush: brushing() && at ? { x: at[0], y: at[1], radius: brushRadiusPx() } : null,
  });
  sizeRow.hidden = !brushing();
}

/** Everything that is marked as one mask: from the first stroke on, patches are painted areas like the others. */
function asMask({ patches, mask }: Marks): LabelMask {
  const empty = { ...grid, labels: new Uint8Array(grid.widthPx * grid.heightPx) };
  return patches.reduce<LabelMask>(
    (all, { kind, box: [x, y, w, h] }) => paintBox(all, LABEL[kind], x / cellPx, y / cellPx, w / cellPx, h / cellPx),
    mask ?? empty,
  );
}

const change = (mask: LabelMask) => history.change({ patches: [], mask });

function contains({ box: [x, y, w, h] }: Patch, px: number, py: number): boolean {
  return px >= x && py >= y && px < x + w && py < y + h;
}

function tap(px: number, py: number): void {
  const kind = chosen('kind') as Kind | 'remove';
  const { patches, mask } = history.state;
  if (kind === 'remove') {
    const hit = patches.findLastIndex((patch) => contains(patch, px, py));
    if (hit >= 0) history.change({ patches: patches.filter((_, index) => index !== hit), mask });
    else if (mask) {
      const next = removeArea(mask, Math.floor(px / cellPx), Math.floor(py / cellPx));
      if (next !== mask) history.change({ patches, mask: next });
    }
    return;
  }
  const side = Math.min(size, width, height);
  const x = Math.round(Math.min(width - side, Math.max(0, px - side / 2)));
  const y = Math.round(Math.min(height - side, Math.max(0, py - side / 2)));
  history.change({ patches: [...patches, { kind, box: [x, y, side, side] }], mask });
}

function paint(mask: LabelMask, from: readonly [number, number], to: readonly [number, number]): LabelMask {
  const cells = (at: readonly [number, number]) => [at[0] / cellPx, at[1] / cellPx] as const;
  return paintSegment(mask, chosenLabel(), cells(from), cells(to), brushRadiusPx() / cellPx);
}

function press(): void {
  const at = [cross.x, cross.y] as const;
  if (brushing()) change(paint(asMask(history.state), at, at));
  else tap(...at);
}

function zoomAtCross(factor: number): void {
  const [u, v] = [cross.x / width, cross.y / height];
  const frame = canvas.getBoundingClientRect();
  const shown = photo.getBoundingClientRect();
  zoom.zoomAt(factor, shown.left - frame.left + u * shown.width, shown.top - frame.top + v * shown.height);
}

const KEYS: Record<string, () => void> = {
  '+': () => zoomAtCross(1.5),
  '=': () => zoomAtCross(1.5),
  '-': () => zoomAtCross(1 / 1.5),
  '0': () => zoomAtCross(0),
  '[': () => resizeBrush(-1),
  ']': () => resizeBrush(1),
};

function resizeBrush(by: number): void {
  brushSize.value = String(Number(brushSize.value) + by);
  draw();
}

focusProblem();
canvas.classList.add('editor');
for (const tools of form.querySelectorAll<HTMLElement>('[data-tools]')) tools.hidden = false;
enablePhotoCanvas(canvas, say('canvas'), {
  move(dx, dy, far) {
    const step = (far ? size : size / 8) / zoom.scale;
    hover = null;
    cross = {
      x: Math.min(width, Math.max(0, cross.x + dx * step)),
      y: Math.min(height, Math.max(0, cross.y + dy * step)),
    };
    zoom.reveal(cross.x / width, cross.y / height);
    draw();
  },
  press,
  other(key) {
    KEYS[key]?.();
    return key in KEYS;
  },
});

const toPhoto = (at: ScreenPlace) => toPhotoPixels(photo, width, height, at);
ownGestures(canvas, zoom, {
  draws: brushing,
  tap: (at) => tap(...toPhoto(at)),
  startStroke(at) {
    draft.last = toPhoto(at);
    draft.mask = paint(asMask(history.state), draft.last, draft.last);
    draw();
  },
  extendStroke(at) {
    const next = toPhoto(at);
    draft.mask = paint(draft.mask!, draft.last, next);
    draft.last = next;
    hover = next;
    draw();
  },
  endStroke() {
    const mask = draft.mask!;
    draft.mask = null;
    change(mask);
  },
  cancelStroke() {
    draft.mask = null;
    draw();
  },
});
canvas.addEventListener('pointermove', (event) => {
  if (event.pointerType !== 'mouse' || !brushing() || draft.mask) return;
  hover = toPhoto(event);
  draw();
});
canvas.addEventListener('pointerleave', () => {
  hover = null;
  draw();
});
canvas.addEventListener('focus', draw);
canvas.addEventListener('blur', draw);
for (const [name, edit] of [
  ['grow', growLabel],
  ['shrink', shrinkLabel],
] as const) {
  button(name).addEventListener('click', () => {
    if (chosenLabel() !== LABEL.other) change(edit(asMask(history.state), chosenLabel()));
  });
}
button('whole').addEventListener('click', () => suggested && change(suggested));
button('closer').addEventListener('click', () => zoomAtCross(1.5));
button('farther').addEventListener('click', () => zoomAtCross(1 / 1.5));
form.addEventListener('input', (event) => {
  const field = event.target as HTMLInputElement;
  if (field.type !== 'number') return draw();
  history.change({ patches: readFields(form), mask: history.state.mask });
});
addEventListener('resize', draw);
draw();
