import { Router } from 'express';
import { currentCatalog, currentCatalogs } from '../../app/catalogs/currentCatalogs.ts';
import { healthOf } from '../../app/catalogs/healthOf.ts';
import { SKINS, type SkinKey } from '../../app/catalogs/shadeLooks.ts';
import { writeTestCard } from '../../app/catalogs/testCard.ts';
import { hexOf } from '../../app/report/resultWords.ts';
import type { Services } from '../../app/services.ts';
import type { ShadeName } from '../../app/whatIf.ts';
import { regulatoryCompleteness } from '../../catalog/regulatoryCompleteness.ts';
import type { Catalog } from '../../catalog/shade.ts';
import { ENGLISH } from '../../language/english.ts';
import { closenessWords, directionWords, listWords } from '../../matching/words.ts';
import { filterItems, needsFilter } from '../catalogFilter.ts';
import { catalogAudience, catalogFrame } from '../catalogPages.ts';
import { ladderPlot, servicePlot, spacingPlot } from '../healthPlots.ts';
import { render } from '../render.ts';
import { compareShades, findEquivalents, serviceMapOf, shadeNamesOf, skinOf } from '../shadeQuestions.ts';

const LEVEL_WORDS = {
  ok: ENGLISH.catalogTools.noRemarks,
  warn: ENGLISH.catalogTools.someRemarks,
  fail: ENGLISH.catalogTools.errors,
} as const;

const skinChoices = (chosen: SkinKey) =>
  SKINS.map(({ key, name }) => ({ value: key, text: name, selected: key === chosen }));

function conditionsOf(catalogs: readonly Catalog[], shades: readonly ShadeName[]): string[] {
  const found = shades.map(({ catalogId, code }) => {
    const shade = catalogs.find(({ id }) => id === catalogId)?.shades.find((one) => one.code === code);
    return shade ? `${shade.masstone.illuminant}, ${shade.masstone.observer}°, ${shade.masstone.geometry}` : '';
  });
  return [...new Set(found)];
}

/** How shades look: side by side, in another line, a catalog's health, and its printed card. */
export function catalogLookRoutes(services: Services): Router {
  const router = Router();
  const today = () => services.now().toISOString().slice(0, 10);

  router.get('/catalogs/compare', async (req, res) => {
    const { shades, catalogs, looks, pairs } = await compareShades(services, catalogAudience(req), req.query);
    const conditions = conditionsOf(catalogs, shades);
    await render(req, res, 'catalogCompare', {
      title: ENGLISH.catalogTools.compareShades,
      skins: skinChoices(skinOf(req.query.skin)),
      keys: shades.map(({ catalogId, code }) => `${catalogId}/${code}`),
      looks: looks.map((look) => ({ ...look, bottleHex: hexOf(look.bottle), healedHex: hexOf(look.healed) })),
      pairs: pairs.map(({ one, other, distance, closeness, directions }) => ({
        title: ENGLISH.records.pairOfShades(one.code, other.code),
        text: `${closeness}${directions.length > 0 ? `: ${other.code} is ${listWords(directions)}` : ''}`,
        distance: distance.toFixed(1),
      })),
      mixed: conditions.length > 1 ? conditions : null,
    });
  });

  router.get('/catalogs/equivalent', async (req, res) => {
    const catalogs = await currentCatalogs(services, catalogAudience(req));
    const [shade] = shadeNamesOf(req.query.shade);
    const inCatalog = String(req.query.in ?? '');
    const skin = skinOf(req.query.skin);
    const answer = await findEquivalents(services, catalogs, req.query);
    const filter = String(req.query.q ?? '').slice(0, 60);
    const all = catalogs.flatMap(({ id, shades }) => shades.map(({ code, name }) => ({ catalogId: id, code, name })));
    const isKnown = (one: ShadeName) => shade?.catalogId === one.catalogId && shade.code === one.code;
    const listed = filterItems(all, filter, isKnown);
    await render(req, res, 'catalogEquivalent', {
      title: ENGLISH.catalogTools.theSameShadeInAnotherLine,
      skins: skinChoices(skin),
      filter,
      hasFilter: needsFilter(all.length, filter),
      shown: listed.shown.length,
      found: listed.found,
      count: all.length,
      kept: [
        { name: 'in', value: inCatalog },
        { name: 'skin', value: skin },
      ],
      groups: catalogs.flatMap(({ id, name: line }) => {
        const shades = listed.shown.filter(({ catalogId }) => catalogId === id);
        const options = shades.map((one) => ({
          value: `${id}/${one.code}`,
          text: `${one.code} ${one.name}`,
          selected: isKnown(one),
        }));
        return options.length === 0 ? [] : [{ name: line, shades: options }];
      }),
      catalogs: catalogs.map(({ id, name }) => ({ id, name, selected: id === inCatalog })),
      known: answer && { ...answer.known, hex: hexOf(answer.known.healed) },
      partly:
        answer && answer.workedOut < answer.active
          ? ENGLISH.catalogTools.likeliestWorkedOut(answer.workedOut, answer.active)
          : null,
      nearest: (answer?.nearest ?? []).map((look) => {
        const words = directionWords(answer!.known.healed, look.healed);
        return {
          ...look,
          hex: hexOf(look.healed),
          words: [closenessWords(look.deltaE00), ...words].join(', '),
          distance: look.deltaE00.toFixed(1),
        };
      }),
    });
  });

  router.get('/catalogs/:id/health', async (req, res) => {
    const catalog = await currentCatalog(services, catalogAudience(req), req.params.id);
    const health = await healthOf(services, catalog);
    const map = await serviceMapOf(services, catalog);
    const incomplete = catalog.shades
      .filter(({ status }) => status === 'active')
      .map((shade) => ({ code: shade.code, regions: regulatoryCompleteness(shade) }));
    await render(req, res, 'catalogHealth', {
      title: ENGLISH.catalogTools.health,
      frame: await catalogFrame(services, req, catalog, 'health'),
      level: LEVEL_WORDS[health.level],
      problems: health.problems.slice(0, 60).map(({ level, path, found, expected, fix }) => ({
        level: level === 'error' ? ENGLISH.catalogTools.error : ENGLISH.catalogTools.remark,
        text: ENGLISH.records.foundWithoutAdvice(
          catalog.shades[Number(/^shades\[(\d+)\]/.exec(path)?.[1])]?.code ?? (path || ENGLISH.common.catalog),
          found,
          expected,
        ),
        fix,
      })),
      more: Math.max(0, health.problems.length - 60),
      spacing: spacingPlot(health),
      ladders: ladderPlot(catalog),
      service: map && servicePlot(map),
      drift: health.lotDrift.map(({ code, lot, deltaE00: off }) =>
        ENGLISH.catalogTools.lotE00FromItsLadder(code, lot, off.toFixed(1)),
      ),
      conditions: health.conditions.map(({ conditions: { illuminant, observer, geometry, substrate }, readings }) =>
        ENGLISH.catalogTools.readingsUnderOn(readings, illuminant, observer, geometry, substrate),
      ),
      labels: incomplete.map(({ code, regions }) => ({
        code,
        text:
          regions.length === 0
            ? ENGLISH.catalogTools.nothingRecorded
            : regions
                .map(
                  ({ region, recorded, asked, missing }) =>
                    `${region}: ${recorded} of ${asked}${missing.length > 0 ? ENGLISH.records.missing(missing.join(', ')) : ''}`,
                )
                .join('; '),
      })),
    });
  });

  router.get('/catalogs/:id/card.pdf', async (req, res) => {
    const catalog = await currentCatalog(services, catalogAudience(req), req.params.id);
    res.attachment(`${catalog.id}-v${catalog.version}-card.pdf`).type('application/pdf');
    res.send(await writeTestCard(catalog, today()));
  });

  return router;
}
