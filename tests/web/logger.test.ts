import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import { beforeEach, expect, it } from 'vitest';
import { StippleError } from '../../src/errors.ts';
import { createLogger, logRequests } from '../../src/web/logger.ts';

let lines: string[];
beforeEach(() => {
  lines = [];
});
const collect = { write: (line: string) => void lines.push(line) };
const parsed = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

function createApp() {
  const logger = createLogger('info', collect);
  const answerPlainly: ErrorRequestHandler = (error, req, res, _next) => {
    logger.error({ err: error, requestId: req.id }, 'request failed');
    res.status(500).send('error');
  };
  return express()
    .use(logRequests(logger))
    .get('/fails', () => {
      throw new StippleError('SMP_PHOTO_STORE', undefined, {
        cause: Object.assign(new Error('HTTP 503'), { visitor: 'Zoë Secret' }),
      });
    })
    .use((_req, res) => {
      res.send('done');
    })
    .use(answerPlainly);
}

it('logs one line a request, found again by the id in the answer', async () => {
  const answer = await request(createApp()).get('/matches/01ABC/result');
  expect(parsed()).toHaveLength(1);
  expect(parsed()[0]).toMatchObject({
    req: { id: answer.headers['x-request-id'], method: 'GET', path: '/matches/01ABC/result' },
    res: { status: 200 },
  });
  expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});

it('takes no request id from outside', async () => {
  const answer = await request(createApp()).get('/').set('x-request-id', 'forged');
  expect(answer.headers['x-request-id']).not.toBe('forged');
  expect(lines.join()).not.toContain('forged');
});

it('logs no query, cookie, header, address or share link', async () => {
  await request(createApp())
    .post('/s/CAPABILITYTOKEN/approve?name=Alice&token=QUERYTOKEN#x')
    .set('cookie', 'stipple=COOKIETOKEN')
    .set('authorization', 'Bearer APITOKEN')
    .set('user-agent', 'AgentString')
    .set('x-forwarded-for', '203.0.113.7')
    .type('form')
    .send('alias=BobSecret');
  expect(parsed()[0]).toMatchObject({ req: { path: '/s/[private]/approve' } });
  for (const secret of ['TOKEN', 'Alice', 'BobSecret', 'AgentString', '203.0', '127.0.0.1']) {
    expect(lines.join()).not.toContain(secret);
  }
});

it('logs why a request failed, once, without what errors carry along', async () => {
  const answer = await request(createApp()).get('/fails');
  const withError = parsed().filter((line) => line.err !== undefined);
  expect(withError).toHaveLength(1);
  expect(withError[0]).toMatchObject({
    requestId: answer.headers['x-request-id'],
    err: { type: 'StippleError', code: 'SMP_PHOTO_STORE', cause: { message: 'HTTP 503' } },
  });
  expect(lines.join()).not.toContain('Zoë');
});

it('blanks private fields wherever they are logged', () => {
  const logger = createLogger('info', collect);
  const person = { alias: 'Ann', name: 'Ann', token: 'Ann', password: 'Ann', originalname: 'Ann.jpg', cookie: 'Ann' };
  logger.info({ ...person, match: person, job: { owner: person } }, 'saved');
  expect(lines.join()).not.toContain('Ann');
  expect(parsed()[0]).toMatchObject({ msg: 'saved', alias: '[private]', job: { owner: { token: '[private]' } } });
});

it('says nothing below its level', () => {
  const logger = createLogger('warn', collect);
  logger.info('quiet');
  logger.warn('heard');
  expect(parsed().map((line) => line.msg)).toEqual(['heard']);
});
