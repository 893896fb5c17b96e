/** Puts the second picture of every pair over the first, and lets a slider or three buttons show more or less of it. */
export function startCompareSliders(root: ParentNode = document): void {
  for (const pair of root.querySelectorAll<HTMLElement>('[data-compare]')) {
    const controls = pair.parentElement?.querySelectorAll<HTMLElement>('[data-compare-controls]') ?? [];
    // A page with two pairs has two sets of controls: each pair's own is the next one after it.
    const own = [...controls].find((each) => pair.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
    const range = own?.querySelector<HTMLInputElement>('input[type="range"]');
    if (!own || !range) continue;
    const show = () => pair.style.setProperty('--shown', `${range.value}%`);
    range.addEventListener('input', show);
    for (const button of own.querySelectorAll<HTMLButtonElement>('button[data-share]')) {
      button.addEventListener('click', () => {
        range.value = button.dataset.share ?? '50';
        show();
      });
    }
    pair.classList.add('live');
    own.hidden = false;
    show();
  }
}
