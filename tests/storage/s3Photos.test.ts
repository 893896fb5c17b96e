import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openS3Photos, type S3Options } from '../../src/storage/s3Photos.ts';
import { findFreePort } from '../setup/freePort.ts';
import { findSignatureFault } from './sigV4.ts';

const KEY = 'ab'.repeat(16);
const SECRET = 'correct secret';
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A store whose service is `answer`; `seen` lists each request line. */
async function openAgainst(
  answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void,
  change: Partial<S3Options> = {},
) {
  const seen: string[] = [];
  const server = createServer(async (request, response) => {
    seen.push(`${request.method} ${request.url}`);
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    answer(request, response, Buffer.concat(body));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const options = {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'photos',
    region: 'eu-central-1',
    accessKeyId: 'id',
    secretAccessKey: SECRET,
    ...change,
  };
  return { store: openS3Photos(options), seen };
}

function failureOf(work: Promise<unknown>): Promise<{ code: string; message: string; why: string }> {
  return work.then(
    () => {
      throw new Error('Expected the photo store to fail but it succeeded.');
    },
    (error) => ({ code: error.code, message: error.message, why: String(error.cause?.message) }),
  );
}

describe('signed requests', () => {
  const checking = (request: IncomingMessage, response: ServerResponse, body: Buffer) => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const sent = { method: String(request.method), target: String(request.url), headers, body };
    const fault = findSignatureFault(sent, SECRET);
    if (fault === null) return response.end('<ListBucketResult></ListBucketResult>');
    return response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>');
  };

  it('carry a signature that an independent check accepts', async () => {
    const { store, seen } = await openAgainst(checking);
    const key = await store.put(Buffer.from('photo'), 'image/jpeg');
    await store.get(key);
    for await (const _photo of store.list()) throw new Error('Expected an empty list.');
    await store.delete(key);
    expect(seen).toEqual([
      `PUT /photos/${key}`,
      `GET /photos/${key}`,
      'GET /photos?list-type=2&max-keys=1000',
      `DELETE /photos/${key}`,
    ]);
  });

  it('with a wrong secret are refused once, with the reason and without the secret', async () => {
    const { store, seen } = await openAgainst(checking, { secretAccessKey: 'wrong secret' });
    const failure = await failureOf(store.put(Buffer.from('photo'), 'image/jpeg'));
    expect(failure.code).toBe('SMP_PHOTO_STORE');
    expect(failure.why).toBe('The photo store answered PUT with: HTTP 403 SignatureDoesNotMatch.');
    expect(JSON.stringify(failure)).not.toContain('wrong secret');
    expect(seen).toHaveLength(1);
  });
});

describe('a failing service', () => {
  it('is tried again when it is busy', async () => {
    let attempts = 0;
    const { store } = await openAgainst((_request, response, body) => {
      attempts += 1;
      response.writeHead(attempts < 3 ? 503 : 200).end(body);
    });
    expect(await store.put(Buffer.from('photo'), 'image/jpeg')).toMatch(/^[0-9a-f]{32}$/);
    expect(attempts).toBe(3);
  });

  it('ends in a plain error when it stays busy', async () => {
    const { store, seen } = await openAgainst((_request, response) => response.writeHead(500).end('<html>'));
    const failure = await failureOf(store.get(KEY));
    expect(failure.message).toBe('The photo store did not answer. Nothing was lost; try again in a minute.');
    expect(failure.why).toContain('HTTP 500');
    expect(seen).toHaveLength(3);
  });

  it('is given up when it never answers', async () => {
    const { store } = await openAgainst(() => undefined, { timeoutMs: 50 });
    expect((await failureOf(store.get(KEY))).why).toContain('nothing within 50 ms');
  });

  it('that cut the answer short does not pass for a photo', async () => {
    const { store } = await openAgainst((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      response.destroy();
    });
    expect((await failureOf(store.get(KEY))).code).toBe('SMP_PHOTO_STORE');
  });

  it('that is not there is named', async () => {
    const endpoint = `http://127.0.0.1:${await findFreePort()}`;
    const { store } = await openAgainst(() => undefined, { endpoint });
    expect((await failureOf(store.get(KEY))).why).toContain('ECONNREFUSED');
  });

  it('without the bucket is an error, not an empty list or a stored photo', async () => {
    const missing = (_request: IncomingMessage, response: ServerResponse) =>
      response.writeHead(404).end('<Error><Code>NoSuchBucket</Code></Error>');
    const { store } = await openAgainst(missing);
    expect((await failureOf(store.put(Buffer.from('photo'), 'image/jpeg'))).why).toContain('NoSuchBucket');
    const listing = (async () => {
      for await (const _photo of store.list()) throw new Error('Expected no photo.');
    })();
    expect((await failureOf(listing)).why).toContain('NoSuchBucket');
    expect((await failureOf(store.get(KEY))).why).toContain('NoSuchBucket');
  });

  it('that redirects elsewhere is not followed', async () => {
    const { store } = await openAgainst((_request, response) =>
      response.writeHead(307, { location: 'http://127.0.0.1:1/secret' }).end(),
    );
    expect((await failureOf(store.get(KEY))).why).toContain('redirect');
  });
});

it('reads a list of several pages and passes over objects that are not photos', async () => {
  const entry = (key: string) =>
    `<Contents><Key>${key}</Key><LastModified>2026-03-01T12:00:00.000Z</LastModified><Size>7</Size></Contents>`;
  const { store, seen } = await openAgainst((request, response) => {
    const isFirst = !request.url?.includes('continuation-token');
    response.end(
      isFirst
        ? `<R>${entry(KEY)}${entry('readme.txt')}<NextContinuationToken>a+/=&amp;b</NextContinuationToken></R>`
        : `<R>${entry('cd'.repeat(16))}</R>`,
    );
  });
  const photos = [];
  for await (const photo of store.list()) photos.push(photo);
  const modifiedAt = new Date('2026-03-01T12:00:00.000Z');
  expect(photos).toEqual([
    { key: KEY, bytes: 7, modifiedAt },
    { key: 'cd'.repeat(16), bytes: 7, modifiedAt },
  ]);
  expect(seen[1]).toContain('continuation-token=a%2B%2F%3D%26b');
});

it.each([
  { endpoint: 'file:///etc' },
  { endpoint: 'not an address' },
  { endpoint: 'https://user:secret@host' },
  { bucket: '../other' },
  { bucket: 'a/b' },
])('refuses %j at once', async (change) => {
  await expect(openAgainst(() => undefined, change)).rejects.toThrow(/^(?!.*secret)Expected/);
});
