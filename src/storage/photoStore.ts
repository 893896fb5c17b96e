import { randomBytes } from 'node:crypto';

export interface StoredPhoto {
  readonly key: string;
  readonly bytes: number;
  readonly modifiedAt: Date;
}

/** Where photo files lie. Keys are random and say nothing about the photo; the database knows what they are. */
export interface PhotoStore {
  /** Stores a photo durably and returns its key, a new one unless a restore gives it. When it rejects, what may be left is an orphan for the sweep. */
  put(photo: Uint8Array, mime: string, key?: string): Promise<string>;
  /** The photo's bytes, or null when there is none. */
  get(key: string): Promise<Buffer | null>;
  /** Deletes a photo. Deleting one that is not there is not an error. */
  delete(key: string): Promise<void>;
  /** Every photo, in no particular order, for the sweep of orphans. */
  list(): AsyncIterable<StoredPhoto>;
}

const KEY_PATTERN = /^[0-9a-f]{32}$/;

/** 128 random bits in hexadecimal. */
export function createPhotoKey(): string {
  return randomBytes(16).toString('hex');
}

export function isPhotoKey(text: string): boolean {
  return KEY_PATTERN.test(text);
}

/**
 * The only way from a key to a path or URL: 32 hexadecimal digits cannot leave a folder or a bucket.
 * @throws TypeError for anything else
 */
export function checkPhotoKey(key: string): string {
  if (!isPhotoKey(key)) {
    throw new TypeError(
      `Expected 32 hexadecimal digits for a photo key but received ${JSON.stringify(key.slice(0, 60))}.`,
    );
  }
  return key;
}
