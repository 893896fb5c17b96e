import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { ERRORS, StippleError } from '../../src/errors.ts';
import { securityHeaders } from '../../src/web/headers.ts';
import { refuseCrossSiteWrites } from '../../src/web/originGuard.ts';

const showCode: ErrorRequestHandler = (error, _req, res, _next) => {
  const code = error instanceof StippleError ? error.code : 'SMP_INTERNAL';
  res.status(ERRORS[code].status).send(code);
};

describe('security headers', () => {
  const answer = (secure: boolean) =>
    request(
      express()
        .use(securityHeaders({ secure }))
        .get('/', (_req, res) => {
          res.send('<p>');
        }),
    ).get('/');

  it("allow only this site's own files and nothing inline", async () => {
    const { headers } = await answer(false);
    const policy = String(headers['content-security-policy']).split(';');
    expect(policy.sort()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "img-src 'self'",
      "script-src 'self'",
      "style-src 'self'",
    ]);
  });

  it('leave no feature of the browser but the camera, and tell nobody else', async () => {
    const { headers } = await answer(false);
    expect(headers['permissions-policy']).toMatch(/^camera=\(self\), /);
    expect(headers['permissions-policy']).toContain('geolocation=()');
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  it('keep visitors on HTTPS only where it is used', async () => {
    expect((await answer(false)).headers['strict-transport-security']).toBeUndefined();
    expect((await answer(true)).headers['strict-transport-security']).toBe('max-age=31536000');
  });
});

describe('cross-site writes', () => {
  const app = express()
    .use(refuseCrossSiteWrites())
    .use((_req, res) => {
      res.send('done');
    })
    .use(showCode);

  const cases: [method: 'get' | 'head' | 'post' | 'put' | 'delete', headers: Record<string, string>, status: number][] =
    [
      ['get', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 200],
      ['head', { 'sec-fetch-site': 'cross-site' }, 200],
      ['post', { 'sec-fetch-site': 'same-origin' }, 200],
      ['post', { 'sec-fetch-site': 'none' }, 200],
      // A form under `no-referrer` has a null origin; the browser still says that it is ours.
      ['post', { 'sec-fetch-site': 'same-origin', origin: 'null' }, 200],
      ['post', { 'sec-fetch-site': 'cross-site' }, 403],
      ['post', { 'sec-fetch-site': 'same-site' }, 403],
      ['post', { 'sec-fetch-site': 'nonsense' }, 403],
      ['post', { 'sec-fetch-site': 'cross-site', origin: 'http://studio.example' }, 403],
      ['put', { 'sec-fetch-site': 'cross-site' }, 403],
      ['delete', { 'sec-fetch-site': 'cross-site' }, 403],
      ['post', { origin: 'http://studio.example' }, 200],
      ['post', { origin: 'https://studio.example' }, 200],
      ['post', { origin: 'http://studio.example:8080' }, 403],
      ['post', { origin: 'https://evil.example' }, 403],
      ['post', { origin: 'http://studio.example.evil.example' }, 403],
      ['post', { origin: 'http://studio.example@evil.example' }, 403],
      ['post', { origin: 'null' }, 403],
      ['post', { origin: '' }, 403],
      ['post', {}, 200],
    ];
  it.each(cases)('%s with %j answers %d', async (method, headers, status) => {
    const answer = await request(app)
      [method]('/')
      .set({ host: 'studio.example', ...headers });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.text).toBe('SMP_FORBIDDEN');
  });
});
