import { createHash, randomBytes } from 'node:crypto';

/** What 256 random bits look like in base64url. */
export const SECRET_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** A random 256-bit token for a link or a header. It is given away once; only its hash is stored. */
export function createSecret(): { secret: string; hash: string } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, hash: hashSecret(secret) };
}

/** SHA-256, hexadecimal. A slow hash would add nothing: 256 random bits cannot be guessed. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
