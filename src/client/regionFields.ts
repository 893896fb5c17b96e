/** The number fields of the regions page: the form's own truth about patches, with or without this script. */
export type Kind = 'hair' | 'skin' | 'avoid';

export interface Patch {
  readonly kind: Kind;
  readonly box: readonly [number, number, number, number];
}

export const KINDS: readonly Kind[] = ['hair', 'skin', 'avoid'];

function rows(form: HTMLFormElement, kind: Kind): HTMLElement[] {
  return [...form.querySelector(`[data-rows="${kind}"]`)!.children] as HTMLElement[];
}

function inputs(row: HTMLElement): HTMLInputElement[] {
  return [...row.querySelectorAll('input')];
}

export function readFields(form: HTMLFormElement): Patch[] {
  return KINDS.flatMap((kind) =>
    rows(form, kind).flatMap((row) => {
      const values = inputs(row).map((input) => (input.value === '' ? Number.NaN : Number(input.value)));
      const [x, y, w, h] = values as [number, number, number, number];
      return values.every(Number.isFinite) && w > 0 && h > 0 ? [{ kind, box: [x, y, w, h] as const }] : [];
    }),
  );
}

function addRow(form: HTMLFormElement, kind: Kind): void {
  const list = rows(form, kind);
  const copy = list[0]!.cloneNode(true) as HTMLElement;
  for (const input of inputs(copy)) {
    input.name = input.name.replace(/\.\d+\./, `.${list.length}.`);
    input.id = input.id.replace(/-\d+-/, `-${list.length}-`);
    input.setAttribute('aria-label', input.getAttribute('aria-label')!.replace(/\d+/, String(list.length + 1)));
  }
  list[0]!.parentElement!.append(copy);
}

export function writeFields(form: HTMLFormElement, patches: readonly Patch[]): void {
  for (const kind of KINDS) {
    const own = patches.filter((patch) => patch.kind === kind);
    while (rows(form, kind).length < own.length) addRow(form, kind);
    rows(form, kind).forEach((row, index) => {
      inputs(row).forEach((input, axis) => {
        input.value = own[index] === undefined ? '' : String(own[index].box[axis]);
      });
    });
  }
}
