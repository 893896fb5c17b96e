import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StippleError } from '../../src/errors.ts';
import { photoUpload } from '../../src/web/upload.ts';

let folder: string;
let tempDir: string;
let server: Server;
/** Each photo as it lay on disk when the handler ran. */
let seen: { path: string; bytes: Buffer; mode: number }[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stipple-upload-'));
  tempDir = join(folder, 'uploads');
  seen = [];
  const showCode: ErrorRequestHandler = (error, req, res, _next) => {
    const code = error instanceof StippleError ? error.code : `unexpected ${error}`;
    res.status(400).json({ code, message: error.message, alias: req.body?.alias });
  };
  const app = express()
    .post('/', photoUpload({ tempDir, maxBytes: 200_000 }), async (req, res) => {
      if (req.file !== undefined) {
        const { path } = req.file;
        seen.push({ path, bytes: await readFile(path), mode: (await stat(path)).mode & 0o777 });
      }
      res.json({ alias: req.body?.alias, skin: req.body?.skin, hasFile: req.file !== undefined });
    })
    .use(showCode);
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

/** The folder is emptied after the answer was sent, so a moment later than the client sees it. */
async function expectNothingLeft(): Promise<void> {
  await expect.poll(() => readdir(tempDir), { timeout: 5000, interval: 10 }).toEqual([]);
}

describe('a photo', () => {
  it('arrives whole under a random name in a private folder, and is gone afterwards', async () => {
    const photo = Buffer.alloc(150_000, 'photo');
    const answer = await request(server)
      .post('/')
      .field('alias', 'Zoë')
      .field('skin', '1,2,3,4')
      .field('skin', '5,6,7,8')
      .attach('photo', photo, { filename: '../../etc/cron.d/x;rm -rf.jpg', contentType: 'image/jpeg' });
    expect(answer.body).toEqual({ alias: 'Zoë', skin: ['1,2,3,4', '5,6,7,8'], hasFile: true });
    expect(seen[0]?.bytes.equals(photo)).toBe(true);
    expect(seen[0]?.path).toMatch(/\/uploads\/[0-9a-f]{32}$/);
    expect((await stat(dirname(String(seen[0]?.path)))).mode & 0o777).toBe(0o700);
    await expectNothingLeft();
  });

  it('may be exactly as large as the limit, not one byte larger', async () => {
    const send = (bytes: number) =>
      request(server).post('/').field('alias', 'A').attach('photo', Buffer.alloc(bytes, 1), 'x.jpg');
    expect((await send(200_000)).body.hasFile).toBe(true);
    expect((await send(200_001)).body).toMatchObject({ code: 'SMP_UPLOAD_TOO_LARGE', alias: 'A' });
    await expectNothingLeft();
    expect(seen).toHaveLength(1);
  });

  it('far beyond the limit is refused before it is read', async () => {
    const answer = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const client = httpRequest({ port, method: 'POST', path: '/', host: '127.0.0.1' });
      client.setHeader('content-type', 'multipart/form-data; boundary=x');
      client.setHeader('content-length', 10_000_000_000);
      client.on('error', reject);
      client.on('response', async (response) => {
        let body = '';
        for await (const chunk of response) body += chunk;
        client.destroy();
        resolve({ status: response.statusCode, body });
      });
      client.flushHeaders();
    });
    expect(answer.body).toContain('SMP_UPLOAD_TOO_LARGE');
  });

  it('that stops half-way leaves nothing', async () => {
    const { port } = server.address() as AddressInfo;
    const client = httpRequest({ port, method: 'POST', path: '/', host: '127.0.0.1' });
    client.on('error', () => undefined);
    client.setHeader('content-type', 'multipart/form-data; boundary=x');
    client.setHeader('content-length', 150_000);
    client.write('--x\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n');
    client.write(Buffer.alloc(50_000, 1));
    await expect.poll(() => readdir(tempDir), { timeout: 5000, interval: 10 }).toHaveLength(1);
    client.destroy();
    await expectNothingLeft();
    expect(seen).toEqual([]);
  });
});

describe('a form that is not as it should be', () => {
  const post = () => request(server).post('/');
  const raw = (body: string) => post().set('content-type', 'multipart/form-data; boundary=x').send(body);
  const cases: [what: string, send: () => request.Test, code: string | null][] = [
    ['no photo', () => post().field('alias', 'A'), null],
    ['no multipart', () => post().type('form').send('alias=A'), null],
    ['an empty photo', () => post().attach('photo', Buffer.alloc(0), 'x.jpg'), 'SMP_UPLOAD_EMPTY'],
    ['another field', () => post().attach('picture', Buffer.from('1'), 'x.jpg'), 'SMP_UPLOAD_SEVERAL'],
    [
      'two photos',
      () => post().attach('photo', Buffer.from('1'), 'x.jpg').attach('photo', Buffer.from('2'), 'y.jpg'),
      'SMP_UPLOAD_SEVERAL',
    ],
    ['a long field', () => post().field('alias', 'x'.repeat(5000)), 'SMP_OPTION_INVALID'],
    ['a long field name', () => post().field('x'.repeat(70), '1'), 'SMP_OPTION_INVALID'],
    ['a nested field', () => post().field('a[__proto__][b]', '1'), 'SMP_OPTION_INVALID'],
    [
      'no end',
      () => raw('--x\r\nContent-Disposition: form-data; name="photo"; filename="a"\r\n\r\nhalf'),
      'SMP_UPLOAD_BROKEN',
    ],
    ['no boundary', () => post().set('content-type', 'multipart/form-data').send('x'), 'SMP_UPLOAD_BROKEN'],
    ['a broken part', () => raw('--x\r\nnonsense'), 'SMP_UPLOAD_BROKEN'],
  ];
  it.each(cases)('%s', async (_what, send, code) => {
    const answer = await send();
    if (code === null) expect(answer.body.hasFile).toBe(false);
    else expect(answer.body.code).toBe(code);
    await expectNothingLeft();
  });

  it('many fields', async () => {
    const form = post();
    for (let i = 0; i < 31; i++) form.field(`f${i}`, '1');
    expect((await form).body.code).toBe('SMP_OPTION_INVALID');
  });
});

describe('the folder', () => {
  it('is cleared of what a crash left behind, and of nothing else', async () => {
    const old = join(tempDir, 'a'.repeat(32));
    const young = join(tempDir, 'b'.repeat(32));
    const foreign = join(tempDir, 'notes.txt');
    for (const path of [old, young, foreign]) await writeFile(path, 'x');
    const yesterday = Date.now() / 1000 - 86_400;
    for (const path of [old, foreign]) await utimes(path, yesterday, yesterday);
    photoUpload({ tempDir });
    expect((await readdir(tempDir)).sort()).toEqual(['b'.repeat(32), 'notes.txt']);
  });

  it('is refused when others could use it', async () => {
    const open = join(folder, 'open');
    await mkdir(open);
    await chmod(open, 0o755);
    expect(() => photoUpload({ tempDir: open })).toThrow('only this account can use');
    const link = join(folder, 'link');
    await symlink(tempDir, link);
    expect(() => photoUpload({ tempDir: link })).toThrow('only this account can use');
  });
});
