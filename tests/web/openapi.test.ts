import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listRoutes } from '../security/listRoutes.ts';
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
  const documented = Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  const served = listRoutes(server.app).filter((route) => / [/]api[/]v\d/.test(route));
  expect(served.length).toBeGreaterThan(10);
  expect(documented.sort()).toEqual(served);
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
