import * as z from 'zod';
import { ENGINE } from '../app/engine.ts';
import { matchOptionsSchema } from '../app/matchOptions.ts';
import { matchResultSchema } from '../app/matchResult.ts';
import { catalogSchema } from '../catalog/shade.ts';
import { ERRORS } from '../errors.ts';
import { catalogPaths, createCatalogCall } from './catalogOpenapi.ts';

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

const problem = {
  description: 'The request failed; the body says why and what to do.',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        required: ['type', 'title', 'status', 'code'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string', description: 'One sentence for people' },
          status: { type: 'integer' },
          code: { type: 'string', enum: Object.keys(ERRORS) },
        },
      },
    },
  },
};

const json = (schema: object, description: string) => ({ description, content: { 'application/json': { schema } } });
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const idParameter = (description: string) => ({
  name: 'id',
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
});

/** Open to visitors; with a token, it needs this scope. */
const matches = [{}, { token: ['match'] }];
const catalogs = [{}, { token: ['catalog:read'] }];

function photoForm(): object {
  const options = schemaOf(matchOptionsSchema, 'input') as { properties: Record<string, object> };
  return {
    type: 'object',
    required: ['photo'],
    properties: { photo: { type: 'string', contentMediaType: 'application/octet-stream' }, ...options.properties },
  };
}

/** OpenAPI 3.1, made from the schemas that check requests and results, so that it cannot drift from them. */
export const openApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Stipple',
    version: ENGINE,
    description:
      'Photo of scalp and hair in, measured colours and a pigment recipe out. All Lab values are CIELAB D65/2°.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
  security: [],
  paths: {
    '/api/v1/matches': {
      post: {
        operationId: 'createMatch',
        summary: 'Measure a photo and recommend a shade',
        security: matches,
        requestBody: { required: true, content: { 'multipart/form-data': { schema: photoForm() } } },
        responses: {
          201: json(reference('MatchResult'), 'The result; Location names where it can be read again'),
          default: problem,
        },
      },
    },
    '/api/v1/matches/{id}': {
      get: {
        operationId: 'readMatch',
        summary: 'Read a result again: with a token any of the studio’s, without one those of the same session',
        security: matches,
        parameters: [idParameter('Id from the Location header')],
        responses: { 200: json(reference('MatchResult'), 'The result'), default: problem },
      },
    },
    '/api/v1/matches/{id}/pool': {
      post: {
        operationId: 'poolPhoto',
        summary: 'Measure another photo of the same client and pool it with those of a match',
        security: matches,
        parameters: [idParameter('Id from the Location header')],
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                required: ['photo'],
                properties: { photo: { type: 'string', format: 'binary', description: 'Another photo of the client' } },
              },
            },
          },
        },
        responses: {
          200: json(
            reference('MatchResult'),
            'The result of all photos; "pool" lists them and names what was left out',
          ),
          default: problem,
        },
      },
    },
    '/api/v1/catalogs': {
      get: {
        operationId: 'listCatalogs',
        summary: 'Active catalogs',
        security: catalogs,
        responses: {
          200: json(
            {
              type: 'array',
              items: {
                type: 'object',
                required: ['id', 'name', 'supplier', 'version', 'demonstration', 'shades'],
                properties: {
                  id: { type: 'string' },
                  name: { type: 'string' },
                  supplier: { type: 'string' },
                  version: { type: 'integer' },
                  demonstration: { type: 'boolean' },
                  shades: { type: 'integer' },
                },
              },
            },
            'Id, name, version and number of shades of each',
          ),
          default: problem,
        },
      },
      post: createCatalogCall(problem),
    },
    '/api/v1/catalogs/{id}': {
      get: {
        operationId: 'readCatalog',
        summary: 'One catalog with its shades',
        security: catalogs,
        parameters: [idParameter('Catalog id, for example demo-ash')],
        responses: { 200: json(reference('Catalog'), 'The catalog'), default: problem },
      },
    },
    ...catalogPaths(problem),
  },
  components: {
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer', description: 'An API token from the account page, with its scopes' },
    },
    schemas: { MatchResult: schemaOf(matchResultSchema, 'output'), Catalog: schemaOf(catalogSchema, 'output') },
  },
};
