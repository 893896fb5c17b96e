import { startCompareSliders } from './compareSlider.ts';
import { focusProblem } from './problemFocus.ts';

focusProblem();
startCompareSliders();

const printButton = document.querySelector<HTMLButtonElement>('[data-print]');
if (printButton) {
  printButton.hidden = false;
  printButton.addEventListener('click', () => window.print());
}

// Tells the studio that a person looked; fetching the address alone says nothing.
if (document.querySelector('[data-compare]')) {
  void fetch(`${location.pathname.replace(/\/$/, '')}/opened`, { method: 'POST' }).catch(() => undefined);
}
