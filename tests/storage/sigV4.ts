import { createHash, createHmac } from 'node:crypto';

export interface SignedRequest {
  readonly method: string;
  /** Path and query as they stand on the request line. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * Checks an AWS Signature Version 4 as S3's own documentation describes it ("Authenticating Requests: Using the
 * Authorization Header"), written for the tests apart from the program's signer.
 * @param headers names in lower case
 * @returns null when the signature and body hash are right, otherwise what is wrong
 */
export function findSignatureFault(request: SignedRequest, secretAccessKey: string): string | null {
  const authorization =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    );
  if (authorization === null) return 'no readable authorization header';
  const [, , day = '', region = '', signedHeaders = '', signature = ''] = authorization;
  const time = request.headers['x-amz-date'] ?? '';
  if (!time.startsWith(day)) return 'credential of another day';
  const bodyHash = request.headers['x-amz-content-sha256'] ?? '';
  if (bodyHash !== sha256(request.body)) return 'body differs from its hash';
  if (!signedHeaders.split(';').includes('host')) return 'host not signed';

  const [path = '', query = ''] = request.target.split('?');
  const sortedQuery = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
    .sort()
    .join('&');
  const canonicalHeaders = signedHeaders.split(';').map((name) => `${name}:${request.headers[name]?.trim()}\n`);
  const canonical = [request.method, path, sortedQuery, canonicalHeaders.join(''), signedHeaders, bodyHash].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const key = [region, 's3', 'aws4_request'].reduce(hmac, hmac(Buffer.from(`AWS4${secretAccessKey}`), day));
  return hmac(key, toSign).toString('hex') === signature ? null : 'wrong signature';
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
