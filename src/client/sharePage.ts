import { startCompareSliders } from './compareSlider.ts';
import { focusProblem } from './problemFocus.ts';
import { say } from './say.ts';

focusProblem();
startCompareSliders();

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
  const field = document.getElementById(button.dataset.copy ?? '') as HTMLInputElement | null;
  const status = button.parentElement?.querySelector('[data-copied]');
  if (!field || !status) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = say('copied');
    } catch {
      status.textContent = say('notCopied');
    }
  });
}
