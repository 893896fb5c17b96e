import { StippleError } from '../errors.ts';
import { serverTexts } from '../language/texts/server.ts';
import { checkPhotoKey, createPhotoKey, isPhotoKey, type PhotoStore, type StoredPhoto } from './photoStore.ts';
import { type S3Credentials, type S3Request, signS3Request } from './signS3Request.ts';

export interface S3Options extends S3Credentials {
  /** Address of the service without the bucket, for example `https://s3.eu-central-1.amazonaws.com`. */
  readonly endpoint: string;
  readonly bucket: string;
  /** How long one attempt may take, from connecting to the last byte. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;
/** Pauses before the second and third attempt; every operation here may safely be done twice. */
const RETRY_PAUSES_MS = [100, 400];
const LIST_PAGE = 1000;

/**
 * Photos in one bucket of an S3-compatible store, addressed by path (`endpoint/bucket/key`).
 * Every failure is SMP_PHOTO_STORE; its cause says which operation and what the store answered, never a key or a secret.
 */
export function openS3Photos(options: S3Options): PhotoStore {
  const base = bucketUrl(options);
  const send = (request: S3Request) => sendWithRetries(request, options);
  const urlOf = (key: string) => `${base}/${checkPhotoKey(key)}`;

  return {
    async put(photo, mime, key = createPhotoKey()) {
      await send({ method: 'PUT', url: urlOf(key), headers: { 'content-type': mime }, body: photo });
      return key;
    },
    async get(key) {
      const answer = await send({ method: 'GET', url: urlOf(key) });
      return answer.status === 404 ? null : answer.body;
    },
    async delete(key) {
      await send({ method: 'DELETE', url: urlOf(key) });
    },
    async *list() {
      let token: string | null = null;
      do {
        const query = new URLSearchParams({ 'list-type': '2', 'max-keys': String(LIST_PAGE) });
        if (token !== null) query.set('continuation-token', token);
        const answer = await send({ method: 'GET', url: `${base}?${query}` });
        const page = answer.body.toString('utf8');
        yield* readListedPhotos(page);
        token = readElement(page, 'NextContinuationToken');
      } while (token !== null);
    },
  };
}

function bucketUrl(options: S3Options): string {
  const url = URL.canParse(options.endpoint) ? new URL(options.endpoint) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw new Error('Expected an http or https address for the S3 endpoint but received another text.');
  }
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(options.bucket)) {
    throw new Error(`Expected a bucket name for the S3 store but received ${JSON.stringify(options.bucket)}.`);
  }
  return `${url.href.replace(/\/+$/, '')}/${options.bucket}`;
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

async function sendWithRetries(request: S3Request, options: S3Options): Promise<Answer> {
  let problem = storeError(request.method, serverTexts.noAttemptWasMade);
  for (const pauseMs of [0, ...RETRY_PAUSES_MS]) {
    if (pauseMs > 0) await new Promise((resume) => setTimeout(resume, pauseMs));
    try {
      const answer = await sendOnce(request, options);
      if (isUsable(request, answer)) return answer;
      problem = refusal(request, answer);
      if (answer.status < 500 && answer.status !== 429) throw problem;
    } catch (error) {
      if (error instanceof StippleError) throw error;
      problem = storeError(request.method, describeFailure(error, options.timeoutMs ?? TIMEOUT_MS), error);
    }
  }
  throw problem;
}

/** A photo that is not there is an answer; a bucket that is not there is a fault, though S3 says 404 to both. */
function isUsable(request: S3Request, answer: Answer): boolean {
  if (answer.status === 404) return request.method !== 'PUT' && readErrorCode(answer) !== 'NoSuchBucket';
  return answer.status < 300;
}

async function sendOnce(request: S3Request, options: S3Options): Promise<Answer> {
  const response = await fetch(request.url, {
    method: request.method,
    headers: await signS3Request(request, options, new Date()),
    ...(request.body === undefined ? {} : { body: new Uint8Array(request.body) }),
    signal: AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS),
    // A redirect could carry the signature to another machine.
    redirect: 'error',
  });
  return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
}

function refusal(request: S3Request, answer: Answer): StippleError {
  const code = readErrorCode(answer);
  return storeError(request.method, `HTTP ${answer.status}${code === null ? '' : ` ${code}`}`);
}

function readErrorCode(answer: Answer): string | null {
  return readElement(answer.body.toString('utf8', 0, 2000), 'Code');
}

function storeError(operation: string, problem: string, cause?: unknown): StippleError {
  return new StippleError('SMP_PHOTO_STORE', undefined, {
    cause: new Error(serverTexts.photoStoreAnswered(operation, problem), { cause }),
  });
}

function describeFailure(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return serverTexts.nothingWithinMs(timeoutMs);
  const { cause } = error;
  return cause instanceof Error ? `${error.message} (${cause.message})` : error.message;
}

/** Photos of one ListObjectsV2 page; objects that are not photos of this program are passed over. */
function* readListedPhotos(page: string): Generator<StoredPhoto> {
  for (const [entry] of page.matchAll(/<Contents>.*?<\/Contents>/gs)) {
    const key = readElement(entry, 'Key');
    const modified = readElement(entry, 'LastModified');
    if (key === null || modified === null || !isPhotoKey(key)) continue;
    yield { key, bytes: Number(readElement(entry, 'Size')), modifiedAt: new Date(modified) };
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

/** Text of the first element of that name; S3's lists use no attributes, no CDATA and no nesting of these. */
function readElement(xml: string, name: string): string | null {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text?.replace(/&(?:amp|lt|gt|quot|apos);/g, (entity) => ENTITIES[entity] ?? entity) ?? null;
}
