import { type Request, type Response, Router } from 'express';
import { audienceOf, currentCatalogs } from '../../app/catalogs/currentCatalogs.ts';
import { getMatch } from '../../app/changeMatch.ts';
import type { CalibrateStudioTask } from '../../app/photoTask.ts';
import type { Services } from '../../app/services.ts';
import { caseFromMatch, readSettings, type StudioSettings, writeSettings } from '../../app/studioSettings.ts';
import { REGIONS } from '../../catalog/shade.ts';
import { StippleError } from '../../errors.ts';
import { shownDay } from '../../language/dates.ts';
import { ENGLISH } from '../../language/english.ts';
import { USUAL_CUPS_ML } from '../../matching/drops.ts';
import { listMatches } from '../../storage/matchesRepo.ts';
import { redirectAfterPost, textField } from '../forms.ts';
import { knownOwner, newOwner, visitor } from '../owner.ts';
import { render } from '../render.ts';

const FIELDS = {
  pigmentDropsPerMl: { text: ENGLISH.studio.dropsOfPigmentIn1Ml, low: 5, high: 200, needed: false },
  diluentDropsPerMl: { text: ENGLISH.studio.dropsOfDiluentIn1Ml, low: 5, high: 200, needed: false },
  densityPerCm2: { text: ENGLISH.studio.dotsPerCm, low: 10, high: 400, needed: true },
  diameterMm: { text: ENGLISH.studio.healedDotDiameterInMm, low: 0.05, high: 1, needed: true },
} as const;
type FieldName = keyof typeof FIELDS;

interface Fault {
  readonly field: string;
  readonly text: string;
}

/** A decimal with point or comma, or null when the field is empty. */
function decimalField(req: Request, name: string): number | null {
  const text = textField(req, name).trim().replace(',', '.');
  return text === '' ? null : Number(text);
}

function readMeasures(req: Request): { values: Partial<Record<FieldName, number | null>>; faults: Fault[] } {
  const values: Partial<Record<FieldName, number | null>> = {};
  const faults: Fault[] = [];
  for (const [name, { text, low, high, needed }] of Object.entries(FIELDS) as [
    FieldName,
    (typeof FIELDS)[FieldName],
  ][]) {
    const value = decimalField(req, name);
    values[name] = value;
    if (value === null ? needed : !(value >= low && value <= high)) {
      faults.push({ field: name, text: ENGLISH.studio.mustBeANumberFrom(text, low, high) });
    }
  }
  return { values, faults };
}

const REGION_NAMES = {
  '': ENGLISH.studio.allOnRecord,
  EU: ENGLISH.studio.europeanUnion,
  GB: ENGLISH.studio.greatBritain,
  US: ENGLISH.studio.unitedStates,
  other: ENGLISH.studio.elsewhere,
} as const;

/** Settings of this browser: drop sizes, cup, the technician's hand, and calibration by healed results. */
export function settingsRoutes(services: Services): Router {
  const router = Router();

  async function show(
    req: Request,
    res: Response,
    settings: StudioSettings,
    typed: Record<string, string>,
    faults: Fault[],
  ) {
    const owner = knownOwner(req);
    const { matches } = owner ? await listMatches(services.db, owner, { limit: 20 }) : { matches: [] };
    const catalogs = await currentCatalogs(services, audienceOf(owner));
    if (faults.length > 0) res.status(422);
    const value = (name: FieldName) => typed[name] ?? String(settings[name] ?? '');
    await render(req, res, 'settings', {
      title: faults.length > 0 ? ENGLISH.frame.errorTitle(ENGLISH.common.settings) : ENGLISH.common.settings,
      problem: faults.length > 0 ? faults : null,
      fields: Object.entries(FIELDS).map(([name, field]) => ({ name, ...field, value: value(name as FieldName) })),
      cups: USUAL_CUPS_ML.map((cup) => ({
        value: String(cup),
        selected: String(cup) === (typed.cup ?? String(settings.cupMl)),
      })),
      regions: ['', ...REGIONS].map((region) => ({
        value: region,
        text: REGION_NAMES[region as keyof typeof REGION_NAMES],
        selected: region === (typed.region ?? settings.region ?? ''),
      })),
      counted: settings.pigmentDropsPerMl !== null && settings.diluentDropsPerMl !== null,
      cases: settings.cases.map((entry) => ({
        id: entry.id,
        text: ENGLISH.studio.at1DotsPerCm(
          entry.alias,
          shownDay(entry.recordedAt),
          entry.code,
          entry.partsDiluent,
          entry.densityPerCm2,
        ),
      })),
      calibration: settings.calibration && {
        strengthText: ENGLISH.studio.timesTheCatalogsStrength(settings.calibration.tauFactor.toFixed(2)),
        diameterText: settings.calibration.diameterMm
          ? ENGLISH.studio.mmHealedDots(settings.calibration.diameterMm.toFixed(2))
          : null,
        gapText: settings.calibration.gapMm
          ? ENGLISH.studio.mmBelowTheEpidermis(settings.calibration.gapMm.toFixed(2))
          : null,
        errorText: ENGLISH.studio.meanErrorOfPrediction(
          settings.calibration.deltaE00Before.toFixed(1),
          settings.calibration.deltaE00After.toFixed(1),
          ENGLISH.studio.cases(settings.calibration.cases),
        ),
      },
      useCalibration: settings.useCalibration,
      matches: matches
        .filter((match) => match.status === 'done')
        .map((match) => ({
          id: match.id,
          text: `${match.alias ?? ENGLISH.studio.withoutAlias}, ${shownDay(match.createdAt)}`,
        })),
      shades: catalogs.flatMap(({ shades }) => shades.map(({ code, name }) => ({ code, text: `${code} ${name}` }))),
      typed,
    });
  }

  router.get('/settings', async (req, res) => {
    await show(req, res, await readSettings(services, knownOwner(req)), {}, []);
  });

  router.post('/settings', async (req, res) => {
    const settings = await readSettings(services, knownOwner(req));
    const { values, faults } = readMeasures(req);
    const cupMl = Number(textField(req, 'cup'));
    if (!(USUAL_CUPS_ML as readonly number[]).includes(cupMl))
      faults.push({ field: 'cup', text: ENGLISH.studio.chooseACupFromTheList });
    if (faults.length > 0) {
      return show(
        req,
        res,
        settings,
        Object.fromEntries([...Object.keys(FIELDS), 'cup', 'region'].map((name) => [name, textField(req, name)])),
        faults,
      );
    }
    const region = REGIONS.find((known) => known === textField(req, 'region')) ?? null;
    const changed = { ...settings, ...(values as Partial<StudioSettings>), cupMl, region };
    await writeSettings(services, await newOwner(req), changed);
    redirectAfterPost(res, '/settings');
  });

  async function saveCases(req: Request, settings: StudioSettings, cases: StudioSettings['cases']): Promise<void> {
    const owner = await newOwner(req);
    const catalogs = await currentCatalogs(services, audienceOf(owner));
    const task: CalibrateStudioTask = { kind: 'calibrateStudio', cases, catalogs };
    const calibration = await services.pool.run<StudioSettings['calibration']>(task);
    await writeSettings(services, owner, { ...settings, cases: [...cases], calibration });
  }

  router.post('/settings/cases', async (req, res) => {
    const owner = visitor(req);
    const settings = await readSettings(services, owner);
    const partsDiluent = decimalField(req, 'parts');
    const densityPerCm2 = decimalField(req, 'density') ?? settings.densityPerCm2;
    const faults: Fault[] = [];
    if (partsDiluent === null || !(partsDiluent >= 0 && partsDiluent <= 200)) {
      faults.push({ field: 'parts', text: ENGLISH.studio.partsOfDiluentMust });
    }
    if (!(densityPerCm2 >= 10 && densityPerCm2 <= 400)) {
      faults.push({ field: 'density', text: ENGLISH.studio.dotsPerCmMust });
    }
    const typed = { parts: textField(req, 'parts'), density: textField(req, 'density') };
    if (faults.length > 0) return show(req, res, settings, typed, faults);
    try {
      const match = await getMatch(services, owner, textField(req, 'match'));
      const recipe = {
        code: textField(req, 'code'),
        partsDiluent: partsDiluent!,
        densityPerCm2,
        diameterMm: settings.diameterMm,
      };
      const catalogs = await currentCatalogs(services, audienceOf(owner));
      await saveCases(req, settings, [...settings.cases, caseFromMatch(services, catalogs, match, recipe)]);
    } catch (error) {
      if (!(error instanceof StippleError)) throw error;
      return show(req, res, settings, typed, [{ field: 'match', text: error.message }]);
    }
    redirectAfterPost(res, '/settings#calibration');
  });

  router.post('/settings/cases/:id/remove', async (req, res) => {
    const settings = await readSettings(services, visitor(req));
    await saveCases(
      req,
      settings,
      settings.cases.filter(({ id }) => id !== req.params.id),
    );
    redirectAfterPost(res, '/settings#calibration');
  });

  router.post('/settings/calibration', async (req, res) => {
    const owner = visitor(req);
    const settings = await readSettings(services, owner);
    await writeSettings(services, owner, { ...settings, useCalibration: textField(req, 'use') === 'yes' });
    redirectAfterPost(res, '/settings#calibration');
  });

  return router;
}
