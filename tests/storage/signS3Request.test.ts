import { describe, expect, it } from 'vitest';
import { type S3Request, signS3Request } from '../../src/storage/signS3Request.ts';
import { findSignatureFault } from './sigV4.ts';

/**
 * The worked examples of Amazon S3's API reference, "Signature Calculations for the Authorization Header: Transferring
 * Payload in a Single Chunk (AWS Signature Version 4)": example keys, 24 May 2013, us-east-1.
 */
const CREDENTIALS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
};
const AT = new Date('2013-05-24T00:00:00Z');
const HOST = 'https://examplebucket.s3.amazonaws.com';

const EXAMPLES: Record<string, { request: S3Request; signature: string }> = {
  'GET Object': {
    request: { method: 'GET', url: `${HOST}/test.txt`, headers: { Range: 'bytes=0-9' } },
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  'PUT Object': {
    request: {
      method: 'PUT',
      url: `${HOST}/test$file.text`,
      headers: { Date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
      body: Buffer.from('Welcome to Amazon S3.'),
    },
    signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  },
  'GET Bucket Lifecycle': {
    request: { method: 'GET', url: `${HOST}/?lifecycle` },
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
  'Get Bucket (List Objects)': {
    request: { method: 'GET', url: `${HOST}/?max-keys=2&prefix=J` },
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
};

describe.each(Object.entries(EXAMPLES))('AWS example %s', (_name, { request, signature }) => {
  it('is signed as published', async () => {
    const headers = await signS3Request(request, CREDENTIALS, AT);
    expect(headers.get('authorization')).toContain(
      'Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request',
    );
    expect(headers.get('authorization')).toMatch(new RegExp(`Signature=${signature}$`));
  });

  it('is accepted by the independent check of the store tests, and refused when anything changes', async () => {
    const headers = await signS3Request(request, CREDENTIALS, AT);
    const url = new URL(request.url);
    const sent = {
      method: request.method,
      target: url.pathname.replace('$', '%24') + url.search,
      headers: { host: url.host, ...Object.fromEntries(headers) },
      body: request.body ?? new Uint8Array(),
    };
    const { secretAccessKey } = CREDENTIALS;
    expect(findSignatureFault(sent, secretAccessKey)).toBeNull();
    expect(findSignatureFault(sent, `${secretAccessKey}x`)).toBe('wrong signature');
    expect(findSignatureFault({ ...sent, target: '/other' }, secretAccessKey)).toBe('wrong signature');
    expect(findSignatureFault({ ...sent, body: Buffer.from('other') }, secretAccessKey)).toMatch('body differs');
    const moved = { ...sent, headers: { ...sent.headers, host: 'elsewhere' } };
    expect(findSignatureFault(moved, secretAccessKey)).toBe('wrong signature');
  });
});
