/** Moves focus to the error summary so that it is read out first. */
export function focusProblem(): void {
  document.querySelector<HTMLElement>('[data-focus]')?.focus();
}
