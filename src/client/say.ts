/** The words of this page's script; the page brings them with it from the one catalogue of texts. */
const words = JSON.parse(document.body.dataset.words ?? '{}') as Record<string, string>;

/** A text of the page's script by its name, with values where it says `{name}`. */
export function say(name: string, values: Readonly<Record<string, string | number>> = {}): string {
  return (words[name] ?? '').replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''));
}
