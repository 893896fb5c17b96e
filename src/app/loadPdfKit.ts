/** pdfkit's document, loaded when the first PDF is asked for: with its fonts it takes a quarter of a second of the start. */
export async function loadPdfKit() {
  return (await import('pdfkit')).default;
}
