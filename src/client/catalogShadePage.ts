import { focusProblem } from './problemFocus.ts';

focusProblem();

const form = document.querySelector<HTMLFormElement>('[data-memory]')!;
const notice = form.querySelector<HTMLElement>('[data-restored]')!;
const key = `shade-form-${form.dataset.memory}`;
type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
const fields = [...form.querySelectorAll<Field>('input:not([type="hidden"]), select, textarea')];

/** What is typed and not sent stays with this tab, for this state of the shade only. */
function remember(): void {
  const typed = Object.fromEntries(fields.map((field) => [field.name, field.value]));
  sessionStorage.setItem(key, JSON.stringify(typed));
}

function putBack(): boolean {
  const kept = sessionStorage.getItem(key);
  if (kept === null) return false;
  const typed = JSON.parse(kept) as Record<string, string>;
  let changed = false;
  for (const field of fields) {
    const value = typed[field.name];
    if (value === undefined || value === field.value) continue;
    field.value = value;
    changed = true;
  }
  return changed;
}

// A page that answers a submit shows what was sent; that is newer than what was remembered.
if (document.querySelector('#problem, [role="alert"]') === null) notice.hidden = !putBack();
form.addEventListener('input', remember);
form.addEventListener('submit', () => sessionStorage.removeItem(key));
form.querySelector('[data-forget]')!.addEventListener('click', () => {
  sessionStorage.removeItem(key);
  form.reset();
  notice.hidden = true;
});
