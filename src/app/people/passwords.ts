import { hash, verify } from '@node-rs/argon2';

/** argon2id (RFC 9106) with 64 MiB and three passes; it runs on the thread pool, so that requests go on meanwhile. */
const COSTS = { memoryCost: 64 * 1024, timeCost: 3, parallelism: 1 };

/** The hash of 256 random bits nobody knows, with the same costs. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=65536,t=3,p=1$aEr8bRT3z9F+FZdGYsBXgw$n4L0IgGapD8kF47egGEkKczeiUmIAfyYj3sQzUhijGk';

/** The text that is stored: algorithm, costs, salt and hash. */
export async function hashPassword(password: string): Promise<string> {
  return await hash(password.normalize('NFKC'), COSTS);
}

/** @param passwordHash null when nobody has the name: it takes as long as a wrong password then */
export async function isPasswordOf(passwordHash: string | null, password: string): Promise<boolean> {
  const fits = await verify(passwordHash ?? NOBODYS_HASH, password.normalize('NFKC'));
  return fits && passwordHash !== null;
}
