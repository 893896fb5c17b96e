import * as z from 'zod';
import { SKINS } from '../app/catalogs/shadeLooks.ts';

function bodySchema(schema: z.ZodType): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}

export const parameter = (name: string, where: 'path' | 'query', description: string, type = 'string') => ({
  name,
  in: where,
  required: true,
  description,
  schema: { type },
});
export const catalogId = parameter('id', 'path', 'Catalog id, for example demo-ash');
export const importId = parameter('importId', 'path', 'Id of the import');
export const jsonBody = (schema: z.ZodType) => ({
  required: true,
  content: { 'application/json': { schema: bodySchema(schema) } },
});
export const answer = (description: string, schema: object = { type: 'object' }) => ({
  description,
  content: { 'application/json': { schema } },
});
export const version = answer('The new version', {
  type: 'object',
  required: ['version'],
  properties: { version: { type: 'integer' } },
});
export const importSchema = {
  type: 'object',
  required: ['id', 'state', 'answers', 'isStale', 'check'],
  properties: {
    id: { type: 'string' },
    state: { type: 'string', enum: ['reading', 'ready', 'failed'] },
    answers: { type: 'object', description: 'What was answered so far' },
    isStale: { type: 'boolean', description: 'A version was published after the check: check again' },
    check: {
      type: ['object', 'null'],
      description: 'Counts, questions, new and changed shades, errors by row, column, found, expected and fix',
    },
  },
};
export const summary = {
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
export const importForm = {
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

export const code = (of: string) => parameter('code', 'path', `Code of the ${of}`);
export const revision = parameter('revision', 'query', 'Revision of the draft, as reading it tells', 'integer');
export const skin = {
  ...parameter('skin', 'query', 'Skin on which the shades are judged; intermediate when left out'),
  required: false,
  schema: { type: 'string', enum: SKINS.map(({ key }) => key) },
};
export const file = (description: string, type: string) => ({
  description,
  content: { [type]: { schema: { type: 'string', contentMediaType: type } } },
});
const seenSchema = { version: { type: 'integer' }, revision: { type: 'integer' } };
export const saved = answer('The saved draft: version and revision the next edit starts from', {
  type: 'object',
  required: ['code', 'version', 'revision'],
  properties: { code: { type: 'string' }, ...seenSchema },
});
