import { enablePhotoCanvas, toPhotoPixels } from './photoCanvas.ts';
import { focusProblem } from './problemFocus.ts';
import { say } from './say.ts';

interface PlacedPoint {
  readonly key: string;
  readonly choice: HTMLInputElement;
  readonly hint: string;
  readonly fields: readonly [HTMLInputElement, HTMLInputElement];
}

const SVG = 'http://www.w3.org/2000/svg';
const CORNERS = 4;
/** The loupe shows the photo this many times as large as the page does. */
const ENLARGEMENT = 4;
const form = document.querySelector<HTMLFormElement>('[data-calibrate]')!;
const canvas = form.querySelector<HTMLElement>('[data-canvas]')!;
const picture = canvas.querySelector('img')!;
const marks = form.querySelector<SVGSVGElement>('[data-marks]')!;
const loupe = form.querySelector<HTMLCanvasElement>('[data-loupe]')!;
const next = form.querySelector<HTMLElement>('[data-next]')!;
const width = Number(canvas.dataset.width);
const height = Number(canvas.dataset.height);
const stroke = Number(marks.dataset.stroke);

const points: PlacedPoint[] = [...form.querySelectorAll<HTMLInputElement>('input[name="point"]')].map((choice) => ({
  key: choice.value,
  choice,
  hint: choice.closest('label')!.querySelector('.visually-hidden')!.textContent!.replace(/^: /, ''),
  fields: [form.querySelector(`#${choice.value}-x`)!, form.querySelector(`#${choice.value}-y`)!],
}));

const active = () =>
  Math.max(
    0,
    points.findIndex(({ choice }) => choice.checked),
  );

function placeOf({ fields }: PlacedPoint): readonly [number, number] | null {
  const [x, y] = fields.map((field) => (field.value === '' ? Number.NaN : Number(field.value))) as [number, number];
  return Number.isFinite(x) && Number.isFinite(y) ? [x, y] : null;
}

/** The number fields are the form's truth: drawing, loupe and fields always show the same points. */
function place(index: number, x: number, y: number): void {
  const inside = [Math.min(width, Math.max(0, x)), Math.min(height, Math.max(0, y))];
  points[index]!.fields.forEach((field, axis) => {
    field.value = String(Math.round(inside[axis]! * 10) / 10);
  });
}

function svg(name: string, attributes: Record<string, string | number>, text = ''): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.textContent = text;
  return element;
}

/** Black under white, so that it shows on anything. */
function drawTwice(make: (colour: string, thickness: number) => SVGElement): void {
  marks.append(make('#000000', 4 * stroke), make('#ffffff', 2 * stroke));
}

function drawMarks(): void {
  marks.replaceChildren();
  const corners = points.slice(0, CORNERS).map(placeOf);
  if (corners.every((corner) => corner !== null)) {
    const outline = corners.map((corner) => corner!.join(',')).join(' ');
    drawTwice((colour, thickness) =>
      svg('polygon', { points: outline, fill: 'none', stroke: colour, 'stroke-width': thickness }),
    );
  }
  const unit = (width / canvas.clientWidth) * 9;
  points.forEach((point, index) => {
    const at = placeOf(point);
    if (!at) return;
    const [x, y] = at;
    const isActive = index === active();
    drawTwice((colour, thickness) =>
      svg('path', {
        d: `M${x - unit} ${y}h${2 * unit}M${x} ${y - unit}v${2 * unit}`,
        stroke: colour,
        'stroke-width': isActive ? thickness * 1.5 : thickness,
        'data-mark': point.key,
      }),
    );
    const label = index < CORNERS ? String(index + 1) : '○';
    // Beside the edge of the photo the number stands on the other side of its point.
    const isLast = x > width - 3 * unit;
    const place = {
      x: isLast ? x - unit * 1.8 : x + unit * 0.6,
      y: y - unit * 0.6,
      'font-size': unit * 2,
      'font-weight': 700,
    };
    marks.append(
      svg(
        'text',
        { ...place, fill: '#ffffff', stroke: '#000000', 'stroke-width': stroke * 2, 'paint-order': 'stroke' },
        label,
      ),
    );
  });
}

function drawLoupe(x: number, y: number): void {
  const context = loupe.getContext('2d')!;
  const density = loupe.width / (loupe.clientWidth || loupe.width);
  const pagePerPhoto = canvas.clientWidth / width;
  const side = loupe.width / (density * ENLARGEMENT * pagePerPhoto);
  const stored = picture.naturalWidth / width;
  context.imageSmoothingEnabled = true;
  context.fillStyle = '#777777';
  context.fillRect(0, 0, loupe.width, loupe.height);
  const from = [(x - side / 2) * stored, (y - side / 2) * stored] as const;
  context.drawImage(picture, from[0], from[1], side * stored, side * stored, 0, 0, loupe.width, loupe.height);
  const middle = loupe.width / 2;
  for (const [colour, thickness] of [
    ['#000000', 6],
    ['#ffffff', 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = thickness;
    context.strokeRect(thickness / 2, thickness / 2, loupe.width - thickness, loupe.height - thickness);
    context.beginPath();
    for (const sign of [-1, 1]) {
      context.moveTo(middle + sign * 10, middle);
      context.lineTo(middle + sign * 60, middle);
      context.moveTo(middle, middle + sign * 10);
      context.lineTo(middle, middle + sign * 60);
    }
    context.stroke();
  }
  loupe.dataset.at = `${Math.round(x)},${Math.round(y)}`;
}

function draw(): void {
  const point = points[active()]!;
  drawMarks();
  const at = placeOf(point) ?? [width / 2, height / 2];
  if (picture.complete && picture.naturalWidth > 0) drawLoupe(at[0], at[1]);
  next.textContent =
    active() < CORNERS ? say('corner', { number: active() + 1, hint: point.hint }) : say('spot', { hint: point.hint });
}

function advance(): void {
  const index = active();
  if (index < CORNERS - 1) points[index + 1]!.choice.checked = true;
}

/** The chosen point where it is, or in the middle of the photo. */
const chosenPlace = () => placeOf(points[active()]!) ?? ([Math.round(width / 2), Math.round(height / 2)] as const);

focusProblem();
form.querySelector<HTMLElement>('[data-place]')!.hidden = false;
enablePhotoCanvas(canvas, say('canvas'), {
  move(dx, dy, far) {
    const [x, y] = chosenPlace();
    const step = far ? 10 : 1;
    place(active(), x + step * dx, y + step * dy);
    draw();
  },
  press() {
    place(active(), ...chosenPlace());
    advance();
    draw();
  },
});

const toPhoto = (event: MouseEvent) => toPhotoPixels(canvas, width, height, event);
canvas.addEventListener('click', (event) => {
  place(active(), ...toPhoto(event));
  advance();
  draw();
});
canvas.addEventListener('mousemove', (event) => drawLoupe(...toPhoto(event)));
canvas.addEventListener('mouseleave', draw);
form.addEventListener('input', draw);
picture.addEventListener('load', draw);
addEventListener('resize', draw);
draw();
