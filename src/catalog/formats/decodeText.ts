export interface DecodedText {
  readonly text: string;
  /** Encoding by its WHATWG name. */
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
}

/** Zero bytes on one side only mark UTF-16 without a byte order mark. */
function utf16ByZeros(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const length = Math.min(bytes.length, 400) & ~1;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even += 1;
    if (bytes[i + 1] === 0) odd += 1;
  }
  if (odd > 0.3 * length && even === 0) return 'utf-16le';
  if (even > 0.3 * length && odd === 0) return 'utf-16be';
  return undefined;
}

/**
 * Text of a file in UTF-8 or UTF-16 with or without byte order mark; anything else is read as Windows-1252, the
 * encoding in which every byte has a meaning. The byte order mark is left out.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const decode = (encoding: DecodedText['encoding'], fatal: boolean): DecodedText => ({
    text: new TextDecoder(encoding, { fatal }).decode(bytes),
    encoding,
  });
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode('utf-16le', false);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode('utf-16be', false);
  const wide = utf16ByZeros(bytes);
  if (wide !== undefined) return decode(wide, false);
  try {
    return decode('utf-8', true);
  } catch {
    return decode('windows-1252', false);
  }
}
