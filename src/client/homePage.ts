import { focusProblem } from './problemFocus.ts';

focusProblem();

const form = document.querySelector<HTMLFormElement>('[data-upload]')!;
const file = form.querySelector<HTMLInputElement>('#photo')!;
const camera = form.querySelector<HTMLInputElement>('#camera')!;
const bar = form.querySelector<HTMLElement>('[data-progress]')!;
const progress = bar.querySelector('progress')!;
const cancel = bar.querySelector<HTMLButtonElement>('[data-cancel]')!;
const status = form.querySelector<HTMLElement>('[data-status]')!;
const button = form.querySelector<HTMLButtonElement>('[data-send]')!;
const plainTitle = document.title.replace(/^Error: /, '');
let running: XMLHttpRequest | null = null;

function finish(text: string, label: string): void {
  running = null;
  bar.hidden = true;
  button.hidden = false;
  button.textContent = label;
  status.textContent = text;
  button.focus();
}

function clearProblem(): void {
  document.getElementById('problem')?.remove();
  document.getElementById('photo-fault')?.remove();
  file.removeAttribute('aria-invalid');
  document.title = plainTitle;
}

/** Shows the server's own summary of what is wrong above the form, which keeps the chosen file. */
function explain(html: string): void {
  const answer = new DOMParser().parseFromString(html, 'text/html');
  const summary = answer.getElementById('problem');
  if (summary === null) {
    const sentence = answer.querySelector('.notice p, #main p')?.textContent?.trim();
    finish(sentence || 'The photo could not be read. Choose another one and try again.', 'Measure this photo');
    return;
  }
  finish('', 'Measure this photo');
  document.querySelector('.lead')!.after(document.adoptNode(summary));
  file.setAttribute('aria-invalid', 'true');
  document.title = `Error: ${plainTitle}`;
  summary.focus();
}

/** Sends the form with progress; the chosen file stays in its field, so a lost connection needs no new choice. */
function send(): void {
  const request = new XMLHttpRequest();
  running = request;
  clearProblem();
  progress.value = 0;
  bar.hidden = false;
  button.hidden = true;
  cancel.focus();
  status.textContent = 'Sending the photo';
  request.open('POST', form.action);
  request.upload.onprogress = (event) => {
    if (event.lengthComputable) progress.value = (100 * event.loaded) / event.total;
    if (event.loaded === event.total) status.textContent = 'Reading the photo';
  };
  request.onload = () => {
    if (request.status < 400 && request.responseURL) location.assign(request.responseURL);
    else explain(request.responseText);
  };
  request.onerror = () => finish('Upload stopped. Your photo is still here. Try again.', 'Try again');
  request.onabort = () => finish('Cancelled. Your photo is still here.', 'Measure this photo');
  const body = new FormData(form);
  const taken = camera.files?.[0];
  if (taken) body.set('photo', taken);
  request.send(body);
}

// The camera's field has no name: without this script one field is the whole form. One photo is sent, so choosing in one
// field empties the other.
form.querySelector<HTMLElement>('[data-take]')!.hidden = false;
file.addEventListener('change', () => {
  camera.value = '';
});
camera.addEventListener('change', () => {
  file.value = '';
});
form.addEventListener('submit', (event) => {
  if (file.files?.length === 0 && camera.files?.length === 0) return;
  event.preventDefault();
  if (running === null) send();
});
cancel.addEventListener('click', () => running?.abort());
