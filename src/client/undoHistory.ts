const MOST_STEPS = 200;

/** Past and future states of something that is replaced whole at each change. */
export interface UndoHistory<State> {
  readonly state: State;
  change(next: State): void;
  undo(): void;
  redo(): void;
}

/**
 * Keeps up to 200 steps and wires the buttons and Ctrl/⌘+Z, with Shift to redo.
 * @param show is called with every state that becomes the present one
 */
export function keepHistory<State>(
  start: State,
  buttons: { readonly undo: HTMLButtonElement; readonly redo: HTMLButtonElement },
  show: () => void,
): UndoHistory<State> {
  const past: State[] = [];
  const future: State[] = [];
  let present = start;
  const told = () => {
    // A disabled button would drop the keyboard focus it has.
    buttons.undo.setAttribute('aria-disabled', String(past.length === 0));
    buttons.redo.setAttribute('aria-disabled', String(future.length === 0));
    show();
  };
  const travel = (from: State[], to: State[]) => {
    const state = from.pop();
    if (state === undefined) return;
    to.push(present);
    present = state;
    told();
  };
  const history: UndoHistory<State> = {
    get state() {
      return present;
    },
    change(next) {
      past.push(present);
      if (past.length > MOST_STEPS) past.shift();
      future.length = 0;
      present = next;
      told();
    },
    undo: () => travel(past, future),
    redo: () => travel(future, past),
  };
  buttons.undo.addEventListener('click', history.undo);
  buttons.redo.addEventListener('click', history.redo);
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
    event.preventDefault();
    if (event.shiftKey) history.redo();
    else history.undo();
  });
  return history;
}
