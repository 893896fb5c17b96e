import { focusProblem } from './problemFocus.ts';
import { say } from './say.ts';

focusProblem();

const form = document.querySelector<HTMLFormElement>('[data-upload]')!;
const file = form.querySelector<HTMLInputElement>('#photo')!;
const camera = form.querySelector<HTMLInputElement>('#camera')!;
const bar = form.querySelector<HTMLElement>('[data-progress]')!;
const progress = bar.querySelector('progress')!;
const cancel = bar.querySelector<HTMLButtonElement>('[data-cancel]')!;
const status = form.querySelector<HTMLElement>('[data-status]')!;
const button = form.querySelector<HTMLButtonElement>('[data-send]')!;
const plainTitle = document.title.replace(say('errorTitle'), '');
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
    finish(sentence || say('unreadable'), say('measure'));
    return;
  }
  finish('', say('measure'));
  document.querySelector('.lead')!.after(document.adoptNode(summary));
  file.setAttribute('aria-invalid', 'true');
  document.title = say('errorTitle', { title: plainTitle });
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
  status.textContent = say('sending');
  request.open('POST', form.action);
  request.upload.onprogress = (event) => {
    if (event.lengthComputable) progress.value = (100 * event.loaded) / event.total;
    if (event.loaded === event.total) status.textContent = say('reading');
  };
  request.onload = () => {
    if (request.status < 400 && request.responseURL) location.assign(request.responseURL);
    else explain(request.responseText);
  };
  request.onerror = () => finish(say('stopped'), say('again'));
  request.onabort = () => finish(say('cancelled'), say('measure'));
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
