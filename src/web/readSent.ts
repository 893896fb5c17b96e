import { open } from 'node:fs/promises';

/** The bytes of a received file, allocated once: `readFile` gathers a large one in pieces and joins them. */
export async function readSent({ path, size }: Express.Multer.File): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(size);
  const file = await open(path, 'r');
  try {
    for (let at = 0; at < size; ) {
      const { bytesRead } = await file.read(bytes, at, size - at, at);
      if (bytesRead === 0) throw new Error(`Expected ${size} bytes of a received file but read ${at}.`);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
  return bytes;
}
