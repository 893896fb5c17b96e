import { type AreaShape, AUTO_AREA, type TreatedArea } from '../preview/treatedArea.ts';
import { ownGestures, type ScreenPlace } from './ownGestures.ts';
import { enablePhotoCanvas, toPhotoPixels } from './photoCanvas.ts';
import { say } from './say.ts';
import { keepHistory, type UndoHistory } from './undoHistory.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** Coordinates of areas: thousandths of width and height. */
const UNIT = 1000;
const STEP = 12;
const FAR_STEP = 60;
/** Strokes are kept as points at least so far apart. */
const POINT_APART = 8;

type Point = readonly [number, number];
type Tool = 'look' | 'add' | 'cut' | 'outline' | 'free';

/**
 * Lets brush, eraser and tapped outlines change the treated area on a picture; looking stays the default, so that nothing
 * is painted by accident.
 * @param changed is called with every new area, undo and redo included
 */
export function editArea(
  form: HTMLFormElement,
  frame: HTMLElement,
  start: TreatedArea,
  changed: () => void,
): UndoHistory<TreatedArea> {
  const button = (name: string) => form.querySelector<HTMLButtonElement>(`[data-${name}]`)!;
  const tool = () => (new FormData(form).get('tool') ?? 'look') as Tool;
  const size = form.querySelector<HTMLInputElement>('[data-brush-size]')!;
  const brush = () => Math.round(6 * 1.38 ** Number(size.value));
  /** Outlines are tapped point by point: of what takes dots, or of what stays free. */
  const taps = () => tool() === 'outline' || tool() === 'free';
  const mirrored = () => new FormData(form).get('mirror') === '1';
  const draft: { points: Point[]; outline: Point[]; cross: Point } = {
    points: [],
    outline: [],
    cross: [UNIT / 2, UNIT / 2],
  };
  let ready = false;
  const history = keepHistory(start, { undo: button('undo'), redo: button('redo') }, () => {
    draft.outline = [];
    drawDraft();
    if (ready) changed();
  });

  const layer = document.createElementNS(SVG, 'svg');
  layer.setAttribute('viewBox', `0 0 ${UNIT} ${UNIT}`);
  layer.setAttribute('preserveAspectRatio', 'none');
  layer.classList.add('area-layer');
  layer.setAttribute('aria-hidden', 'true');
  frame.append(layer);

  const shown = ([x, y]: Point): Point => [mirrored() ? UNIT - x : x, y];
  const add = (shape: AreaShape) => {
    const { preset, shapes } = history.state;
    history.change({ preset, shapes: [...shapes, shape] });
  };

  function drawDraft(): void {
    layer.replaceChildren();
    const line = (points: readonly Point[], width: number) => {
      for (const [stroke, extra] of [
        ['#000000', 2],
        ['#ffffff', 0],
      ] as const) {
        const path = document.createElementNS(SVG, 'polyline');
        path.setAttribute('points', points.map((point) => shown(point).join(',')).join(' '));
        path.setAttribute('fill', 'none');
        path.setAttribute('stroke', stroke);
        path.setAttribute('stroke-width', String(width + extra));
        path.setAttribute('stroke-linecap', 'round');
        path.setAttribute('vector-effect', 'non-scaling-stroke');
        layer.append(path);
      }
    };
    if (draft.points.length > 0) line([...draft.points, draft.points.at(-1)!], 3);
    for (const [x, y] of draft.outline)
      line(
        [
          [x - 6, y],
          [x + 6, y],
        ],
        3,
      );
    if (draft.outline.length > 1) line(draft.outline, 2);
    if (document.activeElement === frame && tool() !== 'look') {
      const [x, y] = draft.cross;
      line(
        [
          [x - 20, y],
          [x + 20, y],
        ],
        2,
      );
      line(
        [
          [x, y - 20],
          [x, y + 20],
        ],
        2,
      );
    }
    button('close').setAttribute('aria-disabled', String(draft.outline.length < 3));
  }

  const place = (at: ScreenPlace): Point => {
    const [x, y] = toPhotoPixels(frame, UNIT, UNIT, at);
    return [mirrored() ? UNIT - x : x, y];
  };
  const setPoint = (at: Point) => {
    if (taps()) draft.outline = [...draft.outline, at];
    else if (tool() !== 'look') add({ kind: tool() === 'cut' ? 'cut' : 'add', brush: brush(), points: [at] });
    drawDraft();
  };

  const stays = { scale: 1, zoomAt: () => undefined, panBy: () => undefined, reveal: () => undefined };
  ownGestures(frame, stays, {
    draws: () => tool() === 'add' || tool() === 'cut',
    tap: (at) => setPoint(place(at)),
    startStroke(at) {
      draft.points = [place(at)];
      drawDraft();
    },
    extendStroke(at) {
      const next = place(at);
      const last = draft.points.at(-1)!;
      if (Math.hypot(next[0] - last[0], next[1] - last[1]) < POINT_APART) return;
      draft.points.push(next);
      drawDraft();
    },
    endStroke() {
      const { points } = draft;
      draft.points = [];
      add({ kind: tool() === 'cut' ? 'cut' : 'add', brush: brush(), points });
    },
    cancelStroke() {
      draft.points = [];
      drawDraft();
    },
  });
  enablePhotoCanvas(frame, say('canvas'), {
    move(dx, dy, far) {
      const step = far ? FAR_STEP : STEP;
      const within = (value: number) => Math.min(UNIT, Math.max(0, value));
      draft.cross = [within(draft.cross[0] + (mirrored() ? -dx : dx) * step), within(draft.cross[1] + dy * step)];
      drawDraft();
    },
    press: () => setPoint(draft.cross),
  });
  for (const event of ['focus', 'blur']) frame.addEventListener(event, drawDraft);
  form.addEventListener('change', (event) => {
    if ((event.target as HTMLInputElement).name !== 'tool') return;
    frame.classList.toggle('editing', tool() !== 'look');
    // With a brush one finger paints; otherwise it scrolls the page.
    frame.classList.toggle('painting', tool() === 'add' || tool() === 'cut');
    draft.outline = [];
    drawDraft();
  });
  button('close').addEventListener('click', () => {
    if (draft.outline.length < 3) return;
    const points = draft.outline;
    add({ kind: tool() === 'free' ? 'cut' : 'add', brush: null, points });
  });
  // The link beside the pictures: at once the tool that keeps a forehead free.
  form.querySelector('[data-keep-free]')?.addEventListener('click', (event) => {
    event.preventDefault();
    const free = form.querySelector<HTMLInputElement>('input[name="tool"][value="free"]')!;
    free.click();
    free.focus();
    form.querySelector('#area-tools')!.scrollIntoView({ block: 'nearest' });
  });
  button('reset').addEventListener('click', () => history.change(AUTO_AREA));
  ready = true;
  return history;
}
