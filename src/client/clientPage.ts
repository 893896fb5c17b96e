import { startCompareSliders } from './compareSlider.ts';
import { focusProblem } from './problemFocus.ts';

focusProblem();
startCompareSliders();

const printButton = document.querySelector<HTMLButtonElement>('[data-print]');
if (printButton) {
  printButton.hidden = false;
  printButton.addEventListener('click', () => window.print());
}

// Tells the studio that a person looked; fetching the address alone says nothing. An answer that lacks something comes back
// under an address of its own: that person has looked before.
const address = location.pathname.replace(/\/$/, '');
if (document.querySelector('[data-compare]') && !address.endsWith('/answer')) {
  void fetch(`${address}/opened`, { method: 'POST' }).catch(() => undefined);
}
