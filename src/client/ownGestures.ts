import type { PhotoZoom } from './photoZoom.ts';

/** A pointer's place on the screen, as events carry it. */
export interface ScreenPlace {
  readonly clientX: number;
  readonly clientY: number;
}

export interface GestureHost {
  /** Whether one finger draws now; otherwise it taps, or moves an enlarged photo. */
  draws(): boolean;
  tap(at: ScreenPlace): void;
  startStroke(at: ScreenPlace): void;
  extendStroke(at: ScreenPlace): void;
  endStroke(): void;
  /** The stroke was the start of something else: as if it had never been. */
  cancelStroke(): void;
}

/** Further than this a finger no longer taps. */
const TAP_PX = 8;

/**
 * The one owner of all pointers on a photo. One finger draws or taps; a second one takes back what the first has drawn and
 * the two pan and zoom until all fingers are lifted, so that they never paint.
 */
export function ownGestures(canvas: HTMLElement, zoom: PhotoZoom, host: GestureHost): void {
  const down = new Map<number, ScreenPlace>();
  let gesture: 'none' | 'stroke' | 'press' | 'pan' | 'pinch' | 'spent' = 'none';
  let start: ScreenPlace = { clientX: 0, clientY: 0 };

  const inFrame = ({ clientX, clientY }: ScreenPlace): [number, number] => {
    const frame = canvas.getBoundingClientRect();
    return [clientX - frame.left, clientY - frame.top];
  };
  const twoFingers = () => {
    const [one, other] = [...down.values()] as [ScreenPlace, ScreenPlace];
    return {
      clientX: (one.clientX + other.clientX) / 2,
      clientY: (one.clientY + other.clientY) / 2,
      apart: Math.max(1, Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY)),
    };
  };

  canvas.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    down.set(event.pointerId, event);
    if (down.size === 1) {
      start = event;
      gesture = host.draws() ? 'stroke' : 'press';
      if (gesture === 'stroke') host.startStroke(event);
    } else {
      if (gesture === 'stroke') host.cancelStroke();
      gesture = down.size === 2 && gesture !== 'spent' ? 'pinch' : 'spent';
    }
  });
  canvas.addEventListener('pointermove', (event) => {
    const before = down.get(event.pointerId);
    if (!before) return;
    if (gesture === 'pinch') {
      const from = twoFingers();
      down.set(event.pointerId, event);
      const to = twoFingers();
      const [x, y] = inFrame(from);
      zoom.zoomAt(to.apart / from.apart, x, y, to.clientX - from.clientX, to.clientY - from.clientY);
      return;
    }
    down.set(event.pointerId, event);
    if (gesture === 'stroke') for (const place of placesOf(event)) host.extendStroke(place);
    const moved = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY);
    if (gesture === 'press' && moved > TAP_PX) gesture = 'pan';
    if (gesture === 'pan') zoom.panBy(event.clientX - before.clientX, event.clientY - before.clientY);
  });
  const lift = (event: PointerEvent) => {
    if (!down.delete(event.pointerId)) return;
    const cancelled = event.type === 'pointercancel';
    if (gesture === 'stroke') cancelled ? host.cancelStroke() : host.endStroke();
    if (gesture === 'press' && !cancelled) host.tap(event);
    gesture = down.size === 0 ? 'none' : 'spent';
  };
  canvas.addEventListener('pointerup', lift);
  canvas.addEventListener('pointercancel', lift);
  canvas.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom.zoomAt(Math.exp(-event.deltaY / 200), ...inFrame(event));
    },
    { passive: false },
  );
}

/** All places a pointer has been since the last event, where the browser tells them. */
function placesOf(event: PointerEvent): readonly ScreenPlace[] {
  const all = event.getCoalescedEvents?.() ?? [];
  return all.length > 0 ? all : [event];
}
