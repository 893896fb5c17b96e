import * as z from 'zod';
import { lotBody, noteBody, publishBody, restoreBody, shadeBody } from './routes/catalogApiRoutes.ts';

function bodySchema(schema: z.ZodType): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}

const parameter = (name: string, where: 'path' | 'query', description: string, type = 'string') => ({
  name,
  in: where,
  required: true,
  description,
  schema: { type },
});
const catalogId = parameter('id', 'path', 'Catalog id, for example demo-ash');
const importId = parameter('importId', 'path', 'Id of the import');
const jsonBody = (schema: z.ZodType) => ({
  required: true,
  content: { 'application/json': { schema: bodySchema(schema) } },
});
const answer = (description: string, schema: object = { type: 'object' }) => ({
  description,
  content: { 'application/json': { schema } },
});
const version = answer('The new version', {
  type: 'object',
  required: ['version'],
  properties: { version: { type: 'integer' } },
});
const importSchema = {
  type: 'object',
  required: ['id', 'state', 'check'],
  properties: {
    id: { type: 'string' },
    state: { type: 'string', enum: ['reading', 'ready', 'failed'] },
    check: {
      type: ['object', 'null'],
      description: 'Counts, questions, new and changed shades, errors by row, column, found, expected and fix',
    },
  },
};
const summary = {
  type: 'object',
  required: ['catalogId', 'version', 'sha256', 'note', 'author', 'publishedAt'],
  properties: {
    catalogId: { type: 'string' },
    version: { type: 'integer' },
    sha256: { type: 'string' },
    note: { type: 'string' },
    author: { type: 'string' },
    publishedAt: { type: 'string' },
  },
};
const importForm = {
  type: 'object',
  required: ['file'],
  properties: {
    file: { type: 'string', contentMediaType: 'application/octet-stream' },
    illuminant: { type: 'string', enum: ['D65', 'D50', 'A', 'C', 'F2', 'F11'] },
    observer: { type: 'string', enum: ['2', '10'] },
    geometry: { type: 'string' },
    substrate: { type: 'string' },
    rgbSpace: { type: 'string', enum: ['sRGB'] },
  },
};

/** The catalog part of the API's description. @param problem how every failure is answered */
export function catalogPaths(problem: object) {
  const reads = [{}, { token: ['catalog:read'] }];
  const writes = [{ token: ['catalog:write'] }];
  const get = (operationId: string, text: string, parameters: object[], ok: object, security: object[] = reads) => ({
    get: { operationId, summary: text, parameters, security, responses: { 200: ok, default: problem } },
  });
  const write = (operationId: string, text: string, parameters: object[], requestBody: object, ok: object) => ({
    operationId,
    summary: text,
    parameters,
    security: writes,
    requestBody,
    responses: { 201: ok, default: problem },
  });
  const base = '/api/v1/catalogs/{id}';
  return {
    [`${base}/health`]: get(
      'readCatalogHealth',
      'Spacing, duplicates, drift and doubtful conditions',
      [catalogId],
      answer('The state of the catalog'),
    ),
    [`${base}/versions`]: {
      ...get(
        'listCatalogVersions',
        'Every version, newest first',
        [catalogId],
        answer('Author, time and note of each', { type: 'array', items: summary }),
      ),
      post: write(
        'publishCatalog',
        'Publish every saved edit as the next version',
        [catalogId],
        jsonBody(publishBody),
        version,
      ),
    },
    [`${base}/versions/{version}`]: get(
      'readCatalogVersion',
      'One version, however old',
      [catalogId, parameter('version', 'path', 'Number of the version', 'integer')],
      answer('The catalog', { $ref: '#/components/schemas/Catalog' }),
    ),
    [`${base}/changes`]: get(
      'compareCatalogVersions',
      'Every field that differs between two versions',
      [
        catalogId,
        parameter('from', 'query', 'Older version', 'integer'),
        parameter('to', 'query', 'Newer version', 'integer'),
      ],
      answer('Codes added and removed, fields changed'),
    ),
    [`${base}/restore`]: {
      post: write(
        'restoreCatalogVersion',
        'Publish an earlier version again as a new one',
        [catalogId],
        jsonBody(restoreBody),
        version,
      ),
    },
    [`${base}/shades/{code}`]: {
      put: {
        operationId: 'editShade',
        summary: 'Save a shade as a draft; publishing is another call',
        parameters: [catalogId, parameter('code', 'path', 'Code of the shade')],
        security: writes,
        requestBody: jsonBody(shadeBody),
        responses: { 200: answer('The saved draft: version and revision the next edit starts from'), default: problem },
      },
    },
    [`${base}/lots`]: {
      ...get(
        'listLots',
        'Lots of the catalog and in your stock',
        [catalogId],
        answer('Every shade and diluent', { type: 'array', items: { type: 'object' } }),
        [{ token: ['catalog:read'] }],
      ),
      post: write('recordLot', 'Record or change a lot in stock', [catalogId], jsonBody(lotBody), answer('Recorded')),
    },
    [`${base}/imports`]: {
      post: write(
        'checkImport',
        'Dry run of a file: what it would change. Changes nothing',
        [catalogId],
        { required: true, content: { 'multipart/form-data': { schema: importForm } } },
        answer('What the file would change', importSchema),
      ),
    },
    [`${base}/imports/{importId}`]: get(
      'readImport',
      'The dry run again',
      [catalogId, importId],
      answer('What the file would change', importSchema),
      writes,
    ),
    [`${base}/imports/{importId}/publish`]: {
      post: write(
        'publishImport',
        'Publish what the dry run showed',
        [catalogId, importId],
        jsonBody(noteBody),
        version,
      ),
    },
  };
}
