/** The import direction of the project: what may know what. A test proves that these rules can fail. */
const layers = {
  language: [],
  masks: [],
  colour: [],
  optics: ['colour'],
  catalog: ['colour'],
  matching: ['colour', 'optics', 'catalog'],
  photo: ['colour', 'masks'],
  preview: ['masks', 'colour', 'optics'],
  storage: [],
  app: ['masks', 'colour', 'optics', 'catalog', 'matching', 'photo', 'preview', 'storage'],
  web: ['masks', 'colour', 'optics', 'catalog', 'matching', 'photo', 'preview', 'storage', 'app'],
  client: ['masks', 'colour', 'optics', 'matching', 'preview'],
};
// The words of every layer, by area: `language` knows nothing, so each layer may say its own.
const words = '^src/language/';
// startServer.ts is main's wiring, shared by main and `stipple serve`.
const rootFiles = '^src/(errors|projectRoot)[.]ts$';
const pure = '^src/(language|masks|colour|optics|matching|preview)/';

const layerRules = Object.entries(layers).map(([layer, allowed]) => ({
  name: `${layer}-imports`,
  comment: `${layer} may import only itself, ${allowed.join(', ') || 'nothing else'}, language and errors.ts`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: {
    path: '^src/',
    pathNot: layer === 'language' ? words : [`^src/(${[layer, ...allowed].join('|')})/`, words, rootFiles],
  },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'pure-modules-use-no-node',
      comment: 'language, masks, colour, optics, matching and preview also run in the browser',
      severity: 'error',
      from: { path: pure },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'colour-imports-culori-only',
      severity: 'error',
      from: { path: '^src/colour/' },
      to: { dependencyTypes: ['npm', 'npm-dev'], pathNot: '^node_modules/(@types/)?culori' },
    },
    {
      name: 'nobody-imports-an-entry-point',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/(main|cli|build)[.]ts$' },
    },
    {
      name: 'config-is-passed-in',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|cli|openStores)[.]ts$' },
      to: { path: '^src/config[.]ts$', dependencyTypesNot: ['type-only'] },
    },
    { name: 'src-never-imports-tests', severity: 'error', from: { path: '^src/' }, to: { path: '^tests/' } },
    {
      name: 'no-development-packages-at-run-time',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/build[.]ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
