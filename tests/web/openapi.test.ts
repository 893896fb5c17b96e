import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../setup/visitor.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

it('serves a valid OpenAPI 3.1 document', async () => {
  const document = await (await fetch(`${server.url}/api/openapi.json`)).json();
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(document.openapi).toMatch(/^3\.1/);
});

it('documents every API route and no other', async () => {
  const document = await (await fetch(`${server.url}/api/openapi.json`)).json();
  expect(Object.keys(document.paths).sort()).toEqual([
    '/api/v1/catalogs',
    '/api/v1/catalogs/{id}',
    '/api/v1/catalogs/{id}/changes',
    '/api/v1/catalogs/{id}/health',
    '/api/v1/catalogs/{id}/imports',
    '/api/v1/catalogs/{id}/imports/{importId}',
    '/api/v1/catalogs/{id}/imports/{importId}/publish',
    '/api/v1/catalogs/{id}/lots',
    '/api/v1/catalogs/{id}/restore',
    '/api/v1/catalogs/{id}/shades/{code}',
    '/api/v1/catalogs/{id}/versions',
    '/api/v1/catalogs/{id}/versions/{version}',
    '/api/v1/matches',
    '/api/v1/matches/{id}',
    '/api/v1/matches/{id}/pool',
  ]);
  for (const path of ['/api/v1/catalogs', '/api/v1/catalogs/demo-ash']) {
    expect((await fetch(server.url + path)).status, path).toBe(200);
  }
});

it('answers errors as problem details with a code from the document', async () => {
  const document = await (await fetch(`${server.url}/api/openapi.json`)).json();
  const response = await fetch(`${server.url}/api/v1/catalogs/none`);
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const problem = await response.json();
  const schema = document.paths['/api/v1/matches'].post.responses.default.content['application/problem+json'].schema;
  expect(schema.properties.code.enum).toContain(problem.code);
  for (const key of schema.required) expect(problem).toHaveProperty(key);
});
