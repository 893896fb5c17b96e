/** What the keyboard does on a photo that has the focus. */
export interface CanvasKeys {
  /** Arrow keys: one step left, right, up or down; `far` with Shift. */
  move(dx: number, dy: number, far: boolean): void;
  /** Enter or Space. */
  press(): void;
  /** Any other key; true when it meant something. */
  other?(key: string): boolean;
}

const MOVES: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Makes a photo a control of its own: reached by Tab, named, worked by keys. */
export function enablePhotoCanvas(canvas: HTMLElement, name: string, keys: CanvasKeys): void {
  canvas.tabIndex = 0;
  canvas.classList.add('tapper');
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-label', name);
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    if (move) keys.move(move[0], move[1], event.shiftKey);
    else if (event.key === 'Enter' || event.key === ' ') keys.press();
    else if (!keys.other?.(event.key)) return;
    event.preventDefault();
  });
}

/** Place of a pointer in photo pixels, on an element that the whole photo fills, however it is scaled or moved. */
export function toPhotoPixels(
  element: Element,
  widthPx: number,
  heightPx: number,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
): [number, number] {
  const frame = element.getBoundingClientRect();
  return [((clientX - frame.left) / frame.width) * widthPx, ((clientY - frame.top) / frame.height) * heightPx];
}
