import { join } from 'node:path';
import { type Config, readConfig } from './config.ts';
import { serverTexts } from './language/texts/server.ts';
import type { DatabaseOptions } from './storage/database.ts';
import { openDiskPhotos } from './storage/diskPhotos.ts';
import type { PhotoStore } from './storage/photoStore.ts';
import { openS3Photos } from './storage/s3Photos.ts';

/** Where the server and the commands that work beside it find their data. */
export interface Stores {
  readonly config: Config;
  readonly database: DatabaseOptions;
  readonly photos: PhotoStore;
}

/** @throws Error when a setting is wrong or the photo store cannot be opened */
export async function openStores(env: NodeJS.ProcessEnv): Promise<Stores> {
  const config = readConfig(env);
  const database = { databaseUrl: config.DATABASE_URL, sqliteFile: join(config.DATA_DIR, 'stipple.db') };
  return { config, database, photos: await openPhotoStore(config) };
}

function openPhotoStore(config: Config): PhotoStore | Promise<PhotoStore> {
  if (!config.S3_ENDPOINT) return openDiskPhotos(join(config.DATA_DIR, 'photos'));
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = config;
  if (!bucket || !accessKeyId || !secretAccessKey) {
    throw new Error(serverTexts.s3Incomplete);
  }
  return openS3Photos({ endpoint: config.S3_ENDPOINT, bucket, region: config.S3_REGION, accessKeyId, secretAccessKey });
}
