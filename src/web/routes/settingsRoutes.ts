import { type Request, type Response, Router } from 'express';
import { audienceOf, currentCatalogs } from '../../app/catalogs/currentCatalogs.ts';
import { getMatch } from '../../app/changeMatch.ts';
import type { CalibrateStudioTask } from '../../app/photoTask.ts';
import type { Services } from '../../app/services.ts';
import { caseFromMatch, readSettings, type StudioSettings, writeSettings } from '../../app/studioSettings.ts';
import { StippleError } from '../../errors.ts';
import { USUAL_CUPS_ML } from '../../matching/drops.ts';
import { listMatches } from '../../storage/matchesRepo.ts';
import { redirectAfterPost, textField } from '../forms.ts';
import { shownDay } from '../language/dates.ts';
import { knownOwner, newOwner, visitor } from '../owner.ts';
import { render } from '../render.ts';

const FIELDS = {
  pigmentDropsPerMl: { text: 'Drops of pigment in 1 ml', low: 5, high: 200, needed: false },
  diluentDropsPerMl: { text: 'Drops of diluent in 1 ml', low: 5, high: 200, needed: false },
  densityPerCm2: { text: 'Dots per cm²', low: 10, high: 400, needed: true },
  diameterMm: { text: 'Healed dot diameter in mm', low: 0.05, high: 1, needed: true },
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
      faults.push({ field: name, text: `${text} must be a number from ${low} to ${high}.` });
    }
  }
  return { values, faults };
}

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
      title: faults.length > 0 ? 'Error: Settings' : 'Settings',
      problem: faults.length > 0 ? faults : null,
      fields: Object.entries(FIELDS).map(([name, field]) => ({ name, ...field, value: value(name as FieldName) })),
      cups: USUAL_CUPS_ML.map((cup) => ({ value: String(cup), selected: cup === settings.cupMl })),
      counted: settings.pigmentDropsPerMl !== null && settings.diluentDropsPerMl !== null,
      cases: settings.cases.map((entry) => ({
        id: entry.id,
        text: `${entry.alias}, ${shownDay(entry.recordedAt)}: ${entry.code} at ${entry.partsDiluent}:1, ${entry.densityPerCm2} dots per cm²`,
      })),
      calibration: settings.calibration && {
        strengthText: `${settings.calibration.tauFactor.toFixed(2)} times the catalog’s strength`,
        diameterText: settings.calibration.diameterMm
          ? `${settings.calibration.diameterMm.toFixed(2)} mm healed dots`
          : null,
        gapText: settings.calibration.gapMm ? `${settings.calibration.gapMm.toFixed(2)} mm below the epidermis` : null,
        errorText: `Mean error of prediction against photo: ${settings.calibration.deltaE00Before.toFixed(1)} ΔE00 before, ${settings.calibration.deltaE00After.toFixed(1)} after, ${settings.calibration.cases} case${settings.calibration.cases === 1 ? '' : 's'}.`,
      },
      useCalibration: settings.useCalibration,
      matches: matches
        .filter((match) => match.status === 'done')
        .map((match) => ({ id: match.id, text: `${match.alias ?? 'Without alias'}, ${shownDay(match.createdAt)}` })),
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
      faults.push({ field: 'cup', text: 'Choose a cup from the list.' });
    if (faults.length > 0) {
      return show(
        req,
        res,
        settings,
        Object.fromEntries(Object.keys(FIELDS).map((name) => [name, textField(req, name)])),
        faults,
      );
    }
    await writeSettings(services, await newOwner(req), { ...settings, ...(values as Partial<StudioSettings>), cupMl });
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
      faults.push({ field: 'parts', text: 'Parts of diluent must be a number from 0 to 200.' });
    }
    if (!(densityPerCm2 >= 10 && densityPerCm2 <= 400)) {
      faults.push({ field: 'density', text: 'Dots per cm² must be a number from 10 to 400.' });
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
