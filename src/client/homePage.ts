import { focusProblem } from './problemFocus.ts';

focusProblem();

const form = document.querySelector<HTMLFormElement>('[data-upload]')!;
const [file, camera] = form.querySelectorAll<HTMLInputElement>('input[type="file"]') as unknown as [
  HTMLInputElement,
  HTMLInputElement,
];
const bar = form.querySelector<HTMLElement>('[data-progress]')!;
const progress = bar.querySelector('progress')!;
const status = form.querySelector<HTMLElement>('[data-status]')!;
const button = form.querySelector<HTMLButtonElement>('button.primary')!;
let running: XMLHttpRequest | null = null;

function say(text: string): void {
  status.textContent = text;
}

function finish(text: string, label: string): void {
  running = null;
  bar.hidden = true;
  button.disabled = false;
  button.textContent = label;
  say(text);
}

/** Sends the form with progress; the chosen file stays in its field, so a lost connection needs no new choice. */
function send(): void {
  const request = new XMLHttpRequest();
  running = request;
  bar.hidden = false;
  progress.value = 0;
  button.disabled = true;
  say('Sending the photo');
  request.open('POST', form.action);
  request.upload.onprogress = (event) => {
    if (event.lengthComputable) progress.value = (100 * event.loaded) / event.total;
    if (event.loaded === event.total) say('Reading the photo');
  };
  request.onload = () => {
    if (request.status < 400 && request.responseURL) {
      location.assign(request.responseURL);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, 'text/html');
    const sentence = page.querySelector('#problem li, #main p')?.textContent?.trim();
    finish(sentence || 'The photo could not be read. Choose another one and try again.', 'Measure this photo');
    file.focus();
  };
  request.onerror = () => finish('Upload stopped. Your photo is still here. Try again.', 'Try again');
  request.onabort = () => finish('Cancelled. Your photo is still here.', 'Measure this photo');
  request.send(new FormData(form));
}

// One photo is sent: choosing in one field empties the other.
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
bar.querySelector('[data-cancel]')!.addEventListener('click', () => running?.abort());
