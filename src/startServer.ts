import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { JobBoard } from './app/jobBoard.ts';
import { createSetupLink } from './app/people/setUp.ts';
import { publishBundled } from './app/publishBundled.ts';
import type { Services } from './app/services.ts';
import { startSweeping } from './app/sweepExpired.ts';
import { loadPalettes } from './catalog/loadPalettes.ts';
import type { Config } from './config.ts';
import { serverTexts } from './language/texts/server.ts';
import { openStores } from './openStores.ts';
import { createPhotoPool } from './photo/photoPool.ts';
import { projectRoot } from './projectRoot.ts';
import { openDatabase } from './storage/database.ts';
import { createApp } from './web/app.ts';
import { browserSessions } from './web/browserSession.ts';
import { createLogger, logRequests } from './web/logger.ts';
import { createMetrics } from './web/metrics.ts';
import { limitRate } from './web/rateLimit.ts';
import { photoUpload } from './web/upload.ts';

const PHOTO_TIMEOUT_MS = 30_000;
/** The largest catalog takes some ten seconds. */
const IMPORT_TIMEOUT_MS = 120_000;
const IMPORT_IDLE_MS = 1_000;
const DAY_MS = 24 * 60 * 60 * 1000;
const UPLOADS_A_MINUTE = 30;
/** Requests that were accepted before a stop are answered within this time; a visitor who sends more slowly is cut off. */
const STOP_PATIENCE_MS = 10_000;
/** Longer than the 60 s of proxies: else one sends a request down a connection just being closed, and a visitor gets a 502. */
const KEEP_ALIVE_MS = 65_000;
const MAX_IMPORT_BYTES = 64 * 1024 * 1024;

export interface RunningServer {
  readonly url: string;
  readonly services: Services;
  readonly app: ReturnType<typeof createApp>;
  /** Where the first account is made; null when there is one. It works once. */
  readonly setupUrl: string | null;
  /** Refuses new requests, finishes accepted work and closes everything. */
  stop(): Promise<void>;
}

function listen(app: ReturnType<typeof createApp>, config: Config): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(config.PORT, config.HOST, (error?: Error) => (error ? reject(error) : resolve(server)));
    server.keepAliveTimeout = KEEP_ALIVE_MS;
  });
}

/** Follows the requests a server is answering; resolves when those there at the call are answered, or after `ms`. */
function followRequests(server: Server): (ms: number) => Promise<void> {
  const running = new Set<Promise<void>>();
  server.on('request', (_req, res) => {
    const answered = new Promise<void>((resolve) => res.once('close', resolve));
    running.add(answered);
    void answered.then(() => running.delete(answered));
  });
  return async (ms) => {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([Promise.all(running), patience]);
    clearTimeout(timer);
  };
}

/** Reads the settings, opens database, photo store, workers and catalogs, and serves. */
export async function startServer(env: NodeJS.ProcessEnv): Promise<RunningServer> {
  const { config, database, photos } = await openStores(env);
  const logger = createLogger(config.LOG_LEVEL);
  const db = await openDatabase(database);
  const services: Services = {
    db,
    photos,
    pool: createPhotoPool({
      workerFile: join(projectRoot, 'dist/photoWorker.js'),
      threads: config.PHOTO_WORKERS,
      maxQueue: config.PHOTO_QUEUE,
      timeoutMs: PHOTO_TIMEOUT_MS,
    }),
    importPool: createPhotoPool({
      workerFile: join(projectRoot, 'dist/importWorker.js'),
      threads: 1,
      maxQueue: config.PHOTO_QUEUE,
      timeoutMs: IMPORT_TIMEOUT_MS,
      // A row lives only until the next one is read.
      maxYoungMb: 12,
      idleMs: IMPORT_IDLE_MS,
    }),
    jobs: new JobBoard(),
    catalogs: await loadPalettes(config.PALETTES_DIR),
    uploadDir: config.UPLOAD_DIR,
    logger,
    now: () => new Date(),
  };
  await publishBundled(services);
  let stopping = false;
  const app = createApp({
    services,
    requestLog: logRequests(logger),
    sessions: browserSessions(db, { secure: config.SECURE_COOKIES, idleMs: config.TRY_OUT_DAYS * DAY_MS }),
    uploadLimit: limitRate(db, { name: 'upload', windowMs: 60_000, limit: UPLOADS_A_MINUTE }),
    upload: photoUpload({ tempDir: config.UPLOAD_DIR }),
    importUpload: photoUpload({ tempDir: config.UPLOAD_DIR, maxBytes: MAX_IMPORT_BYTES, field: 'file' }),
    importLimit: limitRate(db, { name: 'import', windowMs: 60_000, limit: UPLOADS_A_MINUTE }),
    secure: config.SECURE_COOKIES,
    trustProxy: config.TRUST_PROXY,
    keptDays: config.TRY_OUT_DAYS,
    metrics: createMetrics(config.METRICS_TOKEN),
    isStopping: () => stopping,
  });
  const server = await listen(app, config);
  const finishRequests = followRequests(server);
  const stopSweeping = startSweeping(services);
  const { port } = server.address() as AddressInfo;
  const url = `http://${config.HOST === '0.0.0.0' ? 'localhost' : config.HOST}:${port}`;
  const setupToken = await createSetupLink(db, services.now());
  return {
    url,
    services,
    app,
    setupUrl: setupToken && `${url}/setup/${setupToken}`,
    async stop() {
      stopping = true;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await finishRequests(STOP_PATIENCE_MS);
      await services.jobs.drain();
      await Promise.all([services.pool.close(), services.importPool.close()]);
      // What a worker has just finished is still to be stored.
      await services.jobs.drain();
      server.closeAllConnections();
      await closed;
      await stopSweeping();
      await db.destroy();
    },
  };
}

/** `npm start` and `stipple serve`: serves until asked to stop. */
export async function start(env: NodeJS.ProcessEnv): Promise<void> {
  const running = await startServer(env);
  process.stdout.write(serverTexts.stippleIsReady(running.url));
  if (running.setupUrl) {
    process.stdout.write(serverTexts.nobodyHasAnAccountYet(running.setupUrl));
  }
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await running.stop();
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
}
