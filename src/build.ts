import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Packages of very many small modules, which start several times faster when bundled; all others stay outside. */
const BUNDLED = ['culori', 'kysely', 'zod'];
const SERVER_ENTRIES = {
  main: 'src/main.ts',
  cli: 'src/cli.ts',
  photoWorker: 'src/app/photoWorker.ts',
  importWorker: 'src/app/catalogs/importWorker.ts',
};

async function listOutside(): Promise<string[]> {
  const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return Object.keys(dependencies).filter((name) => !BUNDLED.includes(name));
}

const KERNELS = 'dist/kernels.wasm';

const timeOf = (file: string) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Compiles src/photo/wasm, unless that was done after the last change of it. */
async function buildKernels(): Promise<void> {
  const sources = readdirSync(join(root, 'src/photo/wasm')).map((file) => `src/photo/wasm/${file}`);
  if (timeOf(KERNELS) > Math.max(...sources.map(timeOf))) return;
  await mkdir(join(root, 'dist'), { recursive: true });
  // The compiler is large, and only loaded where it is needed.
  const { default: asc } = await import('assemblyscript/asc');
  // Not worth a warning: numbers of rows and bytes become addresses as they are (201), vectors stay among the kernels (112).
  const options = ['--runtime', 'stub', '--enable', 'simd', '-O3', '--noAssert', '--disableWarning', '201,112'];
  const { error, stderr } = await asc.main([
    'src/photo/wasm/index.ts',
    '--outFile',
    KERNELS,
    '--baseDir',
    root,
    ...options,
  ]);
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
}

/** Compiles the kernels, bundles the server entries to dist/ and one browser module a page from src/client to public/build/. */
export async function buildAll(): Promise<void> {
  const serverEntries = Object.fromEntries(
    Object.entries(SERVER_ENTRIES).filter(([, file]) => existsSync(join(root, file))),
  );
  const pages = readdirSync(join(root, 'src/client')).filter((file) => file.endsWith('Page.ts'));
  const common = { absWorkingDir: root, bundle: true, format: 'esm', sourcemap: true, logLevel: 'warning' } as const;
  await buildKernels();
  const [{ metafile }] = await Promise.all([
    build({
      ...common,
      metafile: true,
      entryPoints: serverEntries,
      outdir: 'dist',
      platform: 'node',
      target: 'node20',
      external: await listOutside(),
      splitting: true,
    }),
    build({
      ...common,
      entryPoints: pages.map((file) => `src/client/${file}`),
      outdir: 'public/build',
      platform: 'browser',
      target: 'es2022',
      minify: true,
    }),
  ]);
  await removeStale(Object.keys(metafile.outputs));
}

/** A server that still runs may load a piece of the build before this one; older pieces are nobody's. */
const STALE_AFTER_MS = 60 * 60 * 1000;

async function removeStale(outputs: readonly string[]): Promise<void> {
  const isStale = (file: string) =>
    file !== KERNELS && !outputs.includes(file) && Date.now() - statSync(join(root, file)).mtimeMs > STALE_AFTER_MS;
  const files = readdirSync(join(root, 'dist')).map((name) => `dist/${name}`);
  await Promise.all(files.filter(isStale).map((file) => rm(join(root, file), { force: true })));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAll();
