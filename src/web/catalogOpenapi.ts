import { EXPORT_FORMATS } from '../catalog/formats/writeCatalogAs.ts';
import {
  answer,
  catalogId,
  code,
  file,
  importForm,
  importId,
  importSchema,
  jsonBody,
  parameter,
  revision,
  saved,
  skin,
  summary,
  version,
} from './catalogPartsOpenapi.ts';
import { catalogBody, publishBody, restoreBody } from './routes/catalogApiRoutes.ts';
import { answersBody, noteBody } from './routes/catalogImportApiRoutes.ts';
import { diluentBody, discontinueBody, lotBody, lotUseBody, shadeBody } from './routes/catalogItemApiRoutes.ts';

/** The catalog part of the API's description. @param problem how every failure is answered */
export function catalogPaths(problem: object) {
  const reads = [{}, { token: ['catalog:read'] }];
  const members = [{ token: ['catalog:read'] }];
  const writes = [{ token: ['catalog:write'] }];
  const matches = [{ token: ['match'] }];
  const call = (
    operationId: string,
    summary: string,
    parameters: object[],
    security: object[],
    responses: object,
    requestBody?: object,
  ) => ({
    operationId,
    summary,
    parameters,
    security,
    ...(requestBody && { requestBody }),
    responses: { ...responses, default: problem },
  });
  const get = (operationId: string, text: string, parameters: object[], ok: object, security: object[] = reads) =>
    call(operationId, text, parameters, security, { 200: ok });
  const write = (operationId: string, text: string, parameters: object[], body: object | undefined, ok: object) =>
    call(operationId, text, parameters, writes, { 201: ok }, body);
  const edit = (operationId: string, text: string, parameters: object[], body: object, ok: object = saved) =>
    call(operationId, text, parameters, writes, { 200: ok }, body);
  const remove = (operationId: string, text: string, parameters: object[]) =>
    call(operationId, text, parameters, writes, { 204: { description: 'Done' } });
  const base = '/api/v1/catalogs/{id}';
  const importPath = `${base}/imports/{importId}`;
  return {
    '/api/v1/catalogs/compare': {
      get: get(
        'compareShades',
        'Two to four shades in the bottle and healed on one skin, with CIEDE2000 between them',
        [
          {
            ...parameter('shade', 'query', 'catalog/code, given two to four times'),
            schema: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 4 },
          },
          skin,
        ],
        answer('How each shade looks, and what lies between every two'),
      ),
    },
    '/api/v1/catalogs/equivalent': {
      get: get(
        'findEquivalents',
        'I know a shade of one line: what is it in another?',
        [
          parameter('shade', 'query', 'catalog/code of the known shade'),
          parameter('in', 'query', 'Catalog to look in'),
          skin,
        ],
        answer('The known shade and the three that heal nearest to it, with their dilution'),
      ),
    },
    '/api/v1/catalogs/recall': {
      get: get(
        'recallLot',
        'Every match of your studio in which a lot was used; names of clients stay on the pages',
        [parameter('lot', 'query', 'Lot number')],
        answer('The uses, newest match first', { type: 'array', items: { type: 'object' } }),
        matches,
      ),
    },
    [`${base}/recall`]: {
      get: get(
        'countLotUses',
        'In how many matches of how many studios a lot of your own catalog was used',
        [catalogId, parameter('lot', 'query', 'Lot number')],
        answer('Numbers only', {
          type: 'object',
          required: ['matches', 'studios'],
          properties: { matches: { type: 'integer' }, studios: { type: 'integer' } },
        }),
        members,
      ),
    },
    [`${base}/copy`]: {
      post: write(
        'copyCatalog',
        'Copy a catalog to one of your own, which can be changed',
        [catalogId],
        undefined,
        answer('Id and version of the copy'),
      ),
    },
    [`${base}/export.{format}`]: {
      get: get(
        'exportCatalog',
        'The catalog as a file',
        [
          catalogId,
          {
            ...parameter('format', 'path', 'Format of the file'),
            schema: { type: 'string', enum: EXPORT_FORMATS.map((ending) => ending.slice(1)) },
          },
        ],
        file('The file', 'application/octet-stream'),
      ),
    },
    [`${base}/card.pdf`]: {
      get: get(
        'printTestCard',
        'Patches with codes and expected Lab, to check prints and lots',
        [catalogId],
        file('The card', 'application/pdf'),
      ),
    },
    [`${base}/health`]: {
      get: get(
        'readCatalogHealth',
        'Spacing, duplicates, drift and doubtful conditions',
        [catalogId],
        answer('The state of the catalog'),
      ),
    },
    [`${base}/service-map`]: {
      get: get(
        'readServiceMap',
        'How near the catalog comes to every skin and hair; for catalogs of moderate size',
        [catalogId],
        answer('Least CIEDE2000 by skin and hair, skins first; null where pigment cannot imitate the hair'),
      ),
    },
    [`${base}/versions`]: {
      get: get(
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
    [`${base}/versions/{version}`]: {
      get: get(
        'readCatalogVersion',
        'One version, however old',
        [catalogId, parameter('version', 'path', 'Number of the version', 'integer')],
        answer('The catalog', { $ref: '#/components/schemas/Catalog' }),
      ),
    },
    [`${base}/changes`]: {
      get: get(
        'compareCatalogVersions',
        'Every field that differs between two versions',
        [
          catalogId,
          parameter('from', 'query', 'Older version', 'integer'),
          parameter('to', 'query', 'Newer version', 'integer'),
        ],
        answer('Codes added and removed, fields changed'),
      ),
    },
    [`${base}/drafts`]: {
      get: get(
        'readDrafts',
        'Unpublished edits, what publishing them would change, and what would keep it from being done',
        [catalogId],
        answer('Drafts with their revisions, changes, conflicts and problems'),
        writes,
      ),
    },
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
      get: get(
        'readShadeToEdit',
        'A shade with its unpublished edit, and the version and revision an edit starts from',
        [catalogId, code('shade')],
        answer('Shade, version and revision'),
        writes,
      ),
      put: edit(
        'editShade',
        'Save a shade, new or known, as a draft; publishing is another call',
        [catalogId, code('shade')],
        jsonBody(shadeBody),
      ),
    },
    [`${base}/shades/{code}/discontinue`]: {
      post: edit(
        'discontinueShade',
        'Save the end of a shade as a draft, with its reason and replacement',
        [catalogId, code('shade')],
        jsonBody(discontinueBody),
        answer('The saved draft, and how many open plans rest on the shade'),
      ),
    },
    [`${base}/shades/{code}/draft`]: {
      delete: remove('discardShadeDraft', 'Take an unpublished edit back', [catalogId, code('shade'), revision]),
    },
    [`${base}/diluents/{code}`]: {
      get: get(
        'readDiluentToEdit',
        'A diluent with its unpublished edit, the shades that approve it, and where an edit starts from',
        [catalogId, code('diluent')],
        answer('Diluent, version, revision and codes of shades'),
        writes,
      ),
      put: edit(
        'editDiluent',
        'Save name and sterility of a diluent, new or known, as a draft; publishing is another call',
        [catalogId, code('diluent')],
        jsonBody(diluentBody),
      ),
    },
    [`${base}/diluents/{code}/draft`]: {
      delete: remove('discardDiluentDraft', 'Take an unpublished edit back', [catalogId, code('diluent'), revision]),
    },
    [`${base}/lots`]: {
      get: get(
        'listLots',
        'Lots of the catalog and in your stock',
        [catalogId],
        answer('Every shade and diluent', { type: 'array', items: { type: 'object' } }),
        members,
      ),
      post: write(
        'recordLot',
        'Record or change a lot of a shade or diluent in stock',
        [catalogId],
        jsonBody(lotBody),
        answer('Recorded'),
      ),
    },
    [`${base}/lots/{lotId}`]: {
      delete: remove('removeLot', 'Take a lot out of the stock; where it was used stays recorded', [
        catalogId,
        parameter('lotId', 'path', 'Id of the lot, as the list of lots tells'),
      ]),
    },
    [`${base}/lots/uses`]: {
      post: call(
        'recordLotUse',
        'Record which lot went into the mix of a match, for a recall',
        [catalogId],
        matches,
        { 201: answer('Recorded') },
        jsonBody(lotUseBody),
      ),
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
    [importPath]: {
      get: get(
        'readImport',
        'The dry run again',
        [catalogId, importId],
        answer('What the file would change', importSchema),
        writes,
      ),
      delete: remove('dropImport', 'Take an import back; the catalog stays as it is', [catalogId, importId]),
    },
    [`${importPath}/answers`]: {
      post: edit(
        'answerImport',
        'Check the file again: conditions it does not say, what its columns are, corrected cells. {} checks it as it is',
        [catalogId, importId],
        jsonBody(answersBody),
        answer('What the file would change', importSchema),
      ),
    },
    [`${importPath}/rejected.csv`]: {
      get: get(
        'readRejectedRows',
        'The rows that would not be taken, with what is wrong in each',
        [catalogId, importId],
        file('A table to correct and send again', 'text/csv'),
        writes,
      ),
    },
    [`${importPath}/publish`]: {
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

/** `POST /api/v1/catalogs`, beside the list that everybody may read. */
export const createCatalogCall = (problem: object) => ({
  operationId: 'createCatalog',
  summary: 'Make an empty catalog of your own; an import or an edit gives it its first version',
  security: [{ token: ['catalog:write'] }],
  requestBody: jsonBody(catalogBody),
  responses: { 201: answer('Id of the catalog; Location names it'), default: problem },
});
