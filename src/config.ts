import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { serverTexts } from './language/texts/server.ts';
import { projectRoot } from './projectRoot.ts';

const flag = z.enum(['true', 'false']).transform((v) => v === 'true');

/** Every environment variable Stipple reads, with its meaning; README's table is made from this. */
const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe('Port to listen on; 0 picks a free one'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all interfaces'),
  DATA_DIR: z.string().default(join(projectRoot, 'data')).describe('Folder for the SQLite database and photos'),
  DATABASE_URL: z.string().optional().describe('PostgreSQL address; without it SQLite in DATA_DIR is used'),
  S3_ENDPOINT: z.url().optional().describe('S3-compatible store for photos; without it they lie in DATA_DIR'),
  S3_BUCKET: z.string().optional().describe('Bucket for photos'),
  S3_REGION: z.string().default('us-east-1').describe('Region of the bucket'),
  S3_ACCESS_KEY_ID: z.string().optional().describe('Access key of the bucket'),
  S3_SECRET_ACCESS_KEY: z.string().optional().describe('Secret key of the bucket'),
  PALETTES_DIR: z.string().default(join(projectRoot, 'palettes')).describe('Folder of bundled catalogs'),
  UPLOAD_DIR: z.string().default(join(tmpdir(), 'stipple-uploads')).describe('Folder for uploads in progress'),
  PHOTO_WORKERS: z.coerce.number().int().min(1).max(64).default(2).describe('Photos measured at the same time'),
  PHOTO_QUEUE: z.coerce.number().int().min(1).max(1000).default(16).describe('Photos waiting before new ones get 503'),
  TRY_OUT_DAYS: z.coerce.number().int().min(1).max(90).default(7).describe('Days an unsaved try-out is kept'),
  TRUST_PROXY: z.coerce.number().int().min(0).max(5).default(0).describe('Reverse proxies in front of Stipple'),
  SECURE_COOKIES: flag.default(false).describe('true when visitors use HTTPS: __Host- cookies and HSTS'),
  METRICS_TOKEN: z.string().min(16).optional().describe('Bearer token for /metrics; without it there is no /metrics'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('Least level logged'),
});

/** The README's table of settings. */
export function settingsTable(): string {
  const rows = Object.entries(environment.shape).map(([name, schema]) => {
    const standard = schema.safeParse(undefined);
    const value = standard.success && standard.data !== undefined ? String(standard.data) : '';
    const shown = value.replace(projectRoot, '.').replace(tmpdir(), serverTexts.systemTemp);
    return `| \`${name}\` | ${shown} | ${schema.description} |`;
  });
  return ['| variable | default | meaning |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

export type Config = Readonly<z.infer<typeof environment>>;

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new Error(serverTexts.settingIsWrong(faults));
  }
  return Object.freeze(parsed.data);
}
