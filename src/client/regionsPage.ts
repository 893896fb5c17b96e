import { focusProblem } from './problemFocus.ts';

type Kind = 'hair' | 'skin' | 'avoid';
interface Patch {
  readonly kind: Kind;
  readonly box: readonly [number, number, number, number];
}

const SVG = 'http://www.w3.org/2000/svg';
const KINDS: readonly Kind[] = ['hair', 'skin', 'avoid'];
const form = document.querySelector<HTMLFormElement>('[data-regions]')!;
const canvas = form.querySelector<HTMLElement>('[data-canvas]')!;
const layer = form.querySelector<SVGSVGElement>('[data-patches]')!;
const undoButton = form.querySelector<HTMLButtonElement>('[data-undo]')!;
const redoButton = form.querySelector<HTMLButtonElement>('[data-redo]')!;
const width = Number(canvas.dataset.width);
const height = Number(canvas.dataset.height);
const size = Number(canvas.dataset.patch);

let patches = readFields();
let cross = { x: width / 2, y: height / 2 };
const past: Patch[][] = [];
const future: Patch[][] = [];

function rows(kind: Kind): HTMLElement[] {
  return [...form.querySelector(`[data-rows="${kind}"]`)!.children] as HTMLElement[];
}

function inputs(row: HTMLElement): HTMLInputElement[] {
  return [...row.querySelectorAll('input')];
}

function readFields(): Patch[] {
  return KINDS.flatMap((kind) =>
    rows(kind).flatMap((row) => {
      const values = inputs(row).map((input) => (input.value === '' ? Number.NaN : Number(input.value)));
      const [x, y, w, h] = values as [number, number, number, number];
      return values.every(Number.isFinite) && w > 0 && h > 0 ? [{ kind, box: [x, y, w, h] as const }] : [];
    }),
  );
}

function addRow(kind: Kind): HTMLElement {
  const list = rows(kind);
  const copy = list[0]!.cloneNode(true) as HTMLElement;
  for (const input of inputs(copy)) {
    input.name = input.name.replace(/\.\d+\./, `.${list.length}.`);
    input.id = input.id.replace(/-\d+-/, `-${list.length}-`);
    input.setAttribute(
      'aria-label',
      input.getAttribute('aria-label')!.replace(/patch \d+/, `patch ${list.length + 1}`),
    );
  }
  list[0]!.parentElement!.append(copy);
  return copy;
}

/** The number fields are the form's truth: the drawing and the fields always show the same patches. */
function writeFields(): void {
  for (const kind of KINDS) {
    const own = patches.filter((patch) => patch.kind === kind);
    while (rows(kind).length < own.length) addRow(kind);
    rows(kind).forEach((row, index) => {
      inputs(row).forEach((input, axis) => {
        input.value = own[index] === undefined ? '' : String(own[index].box[axis]);
      });
    });
  }
}

function rect(attributes: Record<string, string | number>): SVGRectElement {
  const element = document.createElementNS(SVG, 'rect');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

function draw(): void {
  for (const old of layer.querySelectorAll('[data-patch-rect], [data-cross]')) old.remove();
  const stroke = Math.max(1, width / 400);
  for (const { kind, box } of patches) {
    const [x, y, w, h] = box;
    layer.append(
      rect({
        'data-patch-rect': '',
        x,
        y,
        width: w,
        height: h,
        fill: `url(#pat-${kind})`,
        stroke: '#ffffff',
        'stroke-width': stroke,
      }),
    );
  }
  if (document.activeElement === canvas) {
    const arm = size / 3;
    for (const [colour, thickness] of [
      ['#ffffff', 4],
      ['#000000', 2],
    ] as const) {
      const path = document.createElementNS(SVG, 'path');
      path.setAttribute('data-cross', '');
      path.setAttribute('d', `M${cross.x - arm} ${cross.y}h${2 * arm}M${cross.x} ${cross.y - arm}v${2 * arm}`);
      path.setAttribute('stroke', colour);
      path.setAttribute('stroke-width', String(stroke * thickness));
      layer.append(path);
    }
  }
  const count = (kind: Kind) => patches.filter((patch) => patch.kind === kind).length;
  layer.setAttribute('aria-label', `Patches: ${count('hair')} hair, ${count('skin')} skin, ${count('avoid')} avoid`);
  // A disabled button would drop the keyboard focus it has.
  undoButton.setAttribute('aria-disabled', String(past.length === 0));
  redoButton.setAttribute('aria-disabled', String(future.length === 0));
}

function change(next: Patch[]): void {
  past.push(patches);
  future.length = 0;
  patches = next;
  writeFields();
  draw();
}

function travel(from: Patch[][], to: Patch[][]): void {
  const state = from.pop();
  if (state === undefined) return;
  to.push(patches);
  patches = state;
  writeFields();
  draw();
}

function contains({ box: [x, y, w, h] }: Patch, px: number, py: number): boolean {
  return px >= x && py >= y && px < x + w && py < y + h;
}

function tap(px: number, py: number): void {
  const kind = (new FormData(form).get('kind') ?? 'hair') as Kind | 'remove';
  const hit = patches.findLastIndex((patch) => contains(patch, px, py));
  if (kind === 'remove') {
    if (hit >= 0) change(patches.filter((_, index) => index !== hit));
    return;
  }
  const side = Math.min(size, width, height);
  const x = Math.round(Math.min(width - side, Math.max(0, px - side / 2)));
  const y = Math.round(Math.min(height - side, Math.max(0, py - side / 2)));
  change([...patches, { kind, box: [x, y, side, side] }]);
}

function toPhoto(event: MouseEvent): [number, number] {
  const frame = canvas.getBoundingClientRect();
  return [((event.clientX - frame.left) / frame.width) * width, ((event.clientY - frame.top) / frame.height) * height];
}

const MOVES: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

focusProblem();
canvas.tabIndex = 0;
canvas.classList.add('tapper');
canvas.setAttribute('role', 'application');
canvas.setAttribute('aria-label', 'Photo: add or remove patches');
form.querySelector<HTMLElement>('[data-tools]')!.hidden = false;
canvas.addEventListener('click', (event) => tap(...toPhoto(event)));
canvas.addEventListener('focus', draw);
canvas.addEventListener('blur', draw);
canvas.addEventListener('keydown', (event) => {
  const move = MOVES[event.key];
  const step = event.shiftKey ? size : size / 8;
  if (move) {
    cross = {
      x: Math.min(width, Math.max(0, cross.x + move[0] * step)),
      y: Math.min(height, Math.max(0, cross.y + move[1] * step)),
    };
    draw();
  } else if (event.key === 'Enter' || event.key === ' ') {
    tap(cross.x, cross.y);
  } else {
    return;
  }
  event.preventDefault();
});
undoButton.addEventListener('click', () => travel(past, future));
redoButton.addEventListener('click', () => travel(future, past));
document.addEventListener('keydown', (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
  event.preventDefault();
  if (event.shiftKey) travel(future, past);
  else travel(past, future);
});
form.addEventListener('input', () => {
  past.push(patches);
  future.length = 0;
  patches = readFields();
  draw();
});
draw();
