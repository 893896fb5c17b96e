import { randomBytes } from 'node:crypto';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;
const LATEST_MS = 2 ** 48 - 1;

/** 26 characters of Crockford base 32, as the ULID specification writes them. */
export const ULID_PATTERN = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/**
 * Returns a maker of ULIDs (github.com/ulid/spec): 48 bits of milliseconds, 80 random bits. Within one millisecond, or
 * when the clock steps back, the random part of the last id is counted up instead, so ids of one maker always ascend.
 * @param random gives that many random bytes
 */
export function createUlidMaker(random: (size: number) => Uint8Array = randomBytes): (timeMs?: number) => string {
  let lastTimeMs = -1;
  let digits: number[] = [];
  return (timeMs = Date.now()) => {
    if (!Number.isInteger(timeMs) || timeMs < 0 || timeMs > LATEST_MS) {
      throw new RangeError(`Expected milliseconds since 1970 for a ULID but received ${timeMs}.`);
    }
    if (timeMs > lastTimeMs) {
      lastTimeMs = timeMs;
      digits = Array.from(random(RANDOM_LENGTH), (byte) => byte % 32);
    } else if (!countUp(digits)) {
      lastTimeMs += 1;
    }
    return encodeTime(lastTimeMs) + digits.map((digit) => CROCKFORD[digit]).join('');
  };
}

/** Adds one to base-32 digits in place; false when they wrapped round to zero. */
function countUp(digits: number[]): boolean {
  for (let i = digits.length - 1; i >= 0; i--) {
    if (digits[i] !== 31) {
      digits[i] = (digits[i] ?? 0) + 1;
      return true;
    }
    digits[i] = 0;
  }
  return false;
}

function encodeTime(timeMs: number): string {
  let rest = timeMs;
  let text = '';
  for (let i = 0; i < TIME_LENGTH; i++) {
    text = CROCKFORD[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** No id made at this time or later sorts before it. */
export function firstUlidOf(time: Date): string {
  return encodeTime(time.getTime()) + '0'.repeat(RANDOM_LENGTH);
}

/** The program's own maker: ids of one process always ascend. */
export const createUlid = createUlidMaker();
