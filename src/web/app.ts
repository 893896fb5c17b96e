import { join } from 'node:path';
import express, { type Express, type RequestHandler } from 'express';
import type { Services } from '../app/services.ts';
import { projectRoot } from '../projectRoot.ts';
import { identifyActor } from './actor.ts';
import { errorPages, notFound } from './errorPages.ts';
import { localPath, textField } from './forms.ts';
import { limitGuesses } from './guessLimit.ts';
import { securityHeaders } from './headers.ts';
import type { Metrics } from './metrics.ts';
import { refuseCrossSiteWrites } from './originGuard.ts';
import { readinessRoutes } from './readiness.ts';
import { accountRoutes } from './routes/accountRoutes.ts';
import { apiRoutes } from './routes/apiRoutes.ts';
import { calibrateRoutes } from './routes/calibrateRoutes.ts';
import { cardRoutes } from './routes/cardRoutes.ts';
import { catalogApiRoutes } from './routes/catalogApiRoutes.ts';
import { catalogDiluentRoutes } from './routes/catalogDiluentRoutes.ts';
import { catalogEditRoutes } from './routes/catalogEditRoutes.ts';
import { catalogImportRoutes } from './routes/catalogImportRoutes.ts';
import { catalogLookRoutes } from './routes/catalogLookRoutes.ts';
import { catalogRecordRoutes } from './routes/catalogRecordRoutes.ts';
import { catalogRoutes } from './routes/catalogRoutes.ts';
import { clientLinkRoutes } from './routes/clientLinkRoutes.ts';
import { clientRoutes } from './routes/clientRoutes.ts';
import { consultationRoutes } from './routes/consultationRoutes.ts';
import { followUpRoutes } from './routes/followUpRoutes.ts';
import { howRoutes } from './routes/howRoutes.ts';
import { matchRoutes } from './routes/matchRoutes.ts';
import { peopleRoutes } from './routes/peopleRoutes.ts';
import { poolRoutes } from './routes/poolRoutes.ts';
import { previewRoutes } from './routes/previewRoutes.ts';
import { previewStudioRoutes } from './routes/previewStudioRoutes.ts';
import { privacyRoutes } from './routes/privacyRoutes.ts';
import { reportRoutes } from './routes/reportRoutes.ts';
import { settingsRoutes } from './routes/settingsRoutes.ts';
import { setupRoutes } from './routes/setupRoutes.ts';
import { shareRoutes } from './routes/shareRoutes.ts';
import { tryOutRoutes } from './routes/tryOutRoutes.ts';
import { whatIfRoutes } from './routes/whatIfRoutes.ts';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

export interface WebOptions {
  readonly services: Services;
  readonly requestLog: RequestHandler;
  readonly sessions: RequestHandler;
  readonly uploadLimit: RequestHandler;
  readonly upload: RequestHandler;
  /** Takes a catalog file in the field "file". */
  readonly importUpload: RequestHandler;
  readonly importLimit: RequestHandler;
  readonly secure: boolean;
  readonly trustProxy: number;
  readonly keptDays: number;
  readonly metrics: Metrics;
  /** True once the process was asked to stop: a proxy then sends nobody here any more. */
  readonly isStopping: () => boolean;
}

/** The web application: guards first, then pages and API, then what explains errors. */
export function createApp(options: WebOptions): Express {
  const { services } = options;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', options.trustProxy);
  app.set('query parser', 'simple');
  app.use(options.requestLog);
  app.use(securityHeaders({ secure: options.secure }));
  app.use(options.metrics.count);
  app.use(options.metrics.routes);
  app.use(readinessRoutes(services, options.isStopping));
  app.use(express.static(join(projectRoot, 'public'), { index: false, maxAge: '1h' }));
  app.use(refuseCrossSiteWrites());
  app.use(options.sessions);
  app.use(limitGuesses(services.db, services.now));
  app.use(identifyActor(services.db, services.now));
  app.use(express.urlencoded({ extended: false, limit: '100kb', parameterLimit: 1000 }));
  app.post('/theme', (req, res) => {
    const theme = textField(req, 'theme');
    const back = textField(req, 'back');
    const cookie = { sameSite: 'lax', httpOnly: true, secure: options.secure } as const;
    if (theme === 'light' || theme === 'dark') res.cookie('theme', theme, { ...cookie, maxAge: YEAR_MS });
    else res.clearCookie('theme', cookie);
    res.redirect(303, localPath(back));
  });
  const receivePhoto: RequestHandler[] = [options.uploadLimit, options.upload];
  const upload: RequestHandler = (req, res, next) => {
    const [first, second] = receivePhoto as [RequestHandler, RequestHandler];
    first(req, res, (error?: unknown) => (error ? next(error) : second(req, res, next)));
  };
  const receiveCatalog: RequestHandler = (req, res, next) => {
    options.importLimit(req, res, (error?: unknown) => (error ? next(error) : options.importUpload(req, res, next)));
  };
  app.use(setupRoutes(services));
  app.use(accountRoutes(services));
  app.use(peopleRoutes(services));
  app.use(howRoutes());
  app.use(tryOutRoutes(services, upload, options.keptDays));
  app.use(matchRoutes(services));
  app.use(reportRoutes(services));
  app.use(calibrateRoutes(services));
  app.use(poolRoutes(services, upload));
  app.use(settingsRoutes(services));
  app.use(cardRoutes(services, receiveCatalog));
  app.use(whatIfRoutes(services));
  app.use(previewRoutes(services));
  app.use(clientRoutes(services));
  app.use(followUpRoutes(services));
  app.use(privacyRoutes(services));
  app.use(consultationRoutes(services));
  app.use(clientLinkRoutes(services, options.secure));
  app.use(previewStudioRoutes(services));
  app.use(shareRoutes(services));
  app.use(catalogRecordRoutes(services));
  app.use(catalogLookRoutes(services));
  app.use(catalogRoutes(services));
  app.use(catalogEditRoutes(services));
  app.use(catalogDiluentRoutes(services));
  app.use(catalogImportRoutes(services, receiveCatalog));
  app.use(catalogApiRoutes(services, receiveCatalog));
  app.use(apiRoutes(services, upload));
  app.use(notFound);
  app.use(errorPages(services));
  return app;
}
