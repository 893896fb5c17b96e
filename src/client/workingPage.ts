import { say } from './say.ts';

const panel = document.querySelector<HTMLElement>('[data-poll]')!;
const status = panel.querySelector<HTMLElement>('[data-status]')!;
const bar = panel.querySelector('progress')!;
const log = [...panel.querySelectorAll('[data-log]')];
const address = panel.dataset.poll!;

interface Step {
  readonly done: boolean;
  readonly text: string;
  readonly number: number;
}

async function poll(): Promise<void> {
  try {
    const response = await fetch(`${address}/step`, { headers: { accept: 'application/json' } });
    const step = (await response.json()) as Step;
    if (step.done) {
      location.replace(address);
      return;
    }
    if (status.textContent !== step.text) status.textContent = step.text;
    bar.value = step.number;
    log.forEach((line, at) => {
      if (at + 1 === step.number) line.setAttribute('aria-current', 'step');
      else line.removeAttribute('aria-current');
    });
  } catch {
    status.textContent = say('lost');
  }
  setTimeout(() => void poll(), 700);
}

void poll();
