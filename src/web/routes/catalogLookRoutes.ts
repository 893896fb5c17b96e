import { Router } from 'express';
import { currentCatalog, currentCatalogs } from '../../app/catalogs/currentCatalogs.ts';
import { healthOf } from '../../app/catalogs/healthOf.ts';
import {
  type Equivalent,
  type ServiceMap,
  type ShadeLook,
  type ShadeLooksTask,
  SKINS,
  type SkinKey,
} from '../../app/catalogs/shadeLooks.ts';
import { writeTestCard } from '../../app/catalogs/testCard.ts';
import { hexOf } from '../../app/report/resultWords.ts';
import type { Services } from '../../app/services.ts';
import type { ShadeName } from '../../app/whatIf.ts';
import { regulatoryCompleteness } from '../../catalog/regulatoryCompleteness.ts';
import type { Catalog } from '../../catalog/shade.ts';
import { deltaE00 } from '../../colour/deltaE00.ts';
import { StippleError } from '../../errors.ts';
import { closenessWords, directionWords, listWords } from '../../matching/words.ts';
import { filterItems, needsFilter } from '../catalogFilter.ts';
import { catalogAudience, catalogFrame } from '../catalogPages.ts';
import { ladderPlot, servicePlot, spacingPlot } from '../healthPlots.ts';
import { ENGLISH } from '../language/english.ts';
import { render } from '../render.ts';

const LEVEL_WORDS = {
  ok: ENGLISH.catalogTools.noRemarks,
  warn: ENGLISH.catalogTools.someRemarks,
  fail: ENGLISH.catalogTools.errors,
} as const;
/** The map of clients is worked out for catalogs up to this size. */
const MOST_MAPPED = 150;
const MOST_COMPARED = 4;

const skinOf = (asked: unknown): SkinKey => SKINS.find(({ key }) => key === asked)?.key ?? 'intermediate';
const skinChoices = (chosen: SkinKey) =>
  SKINS.map(({ key, name }) => ({ value: key, text: name, selected: key === chosen }));

/** "catalog/code" -> its parts. */
function namesOf(asked: unknown): ShadeName[] {
  const list = (Array.isArray(asked) ? asked : [asked]).filter((entry) => typeof entry === 'string');
  return list.flatMap((entry) => {
    const slash = entry.indexOf('/');
    return slash === -1 ? [] : [{ catalogId: entry.slice(0, slash), code: entry.slice(slash + 1) }];
  });
}

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
  const ask = <T>(catalogs: readonly Catalog[], question: ShadeLooksTask['question']): Promise<T> =>
    services.pool.run<T>({ kind: 'shadeLooks', catalogs, question } satisfies ShadeLooksTask);

  router.get('/catalogs/compare', async (req, res) => {
    const audience = catalogAudience(req);
    const shades = namesOf(req.query.shade).slice(0, MOST_COMPARED);
    if (shades.length < 2) {
      throw new StippleError('SMP_OPTION_INVALID', ENGLISH.catalogTools.tickTwoToFourShades);
    }
    const skin = skinOf(req.query.skin);
    const catalogs = await Promise.all(
      [...new Set(shades.map(({ catalogId }) => catalogId))].map((id) => currentCatalog(services, audience, id)),
    );
    const looks = await ask<ShadeLook[]>(catalogs, { ask: 'looks', skin, shades });
    const conditions = conditionsOf(catalogs, shades);
    await render(req, res, 'catalogCompare', {
      title: ENGLISH.catalogTools.compareShades,
      skins: skinChoices(skin),
      keys: shades.map(({ catalogId, code }) => `${catalogId}/${code}`),
      looks: looks.map((look) => ({ ...look, bottleHex: hexOf(look.bottle), healedHex: hexOf(look.healed) })),
      pairs: looks.flatMap((one, at) =>
        looks.slice(at + 1).map((other) => {
          const distance = deltaE00(one.healed, other.healed);
          const words = directionWords(one.healed, other.healed);
          return {
            title: `${one.code} and ${other.code}`,
            text: `${closenessWords(distance)}${words.length > 0 ? `: ${other.code} is ${listWords(words)}` : ''}`,
            distance: distance.toFixed(1),
          };
        }),
      ),
      mixed: conditions.length > 1 ? conditions : null,
    });
  });

  router.get('/catalogs/equivalent', async (req, res) => {
    const catalogs = await currentCatalogs(services, catalogAudience(req));
    const [shade] = namesOf(req.query.shade);
    const inCatalog = String(req.query.in ?? '');
    const skin = skinOf(req.query.skin);
    const asked = shade && inCatalog ? { shade, inCatalog } : null;
    const involved = catalogs.filter(({ id }) => id === asked?.shade.catalogId || id === asked?.inCatalog);
    const answer = asked
      ? await ask<{ known: ShadeLook; nearest: Equivalent[]; workedOut: number; active: number }>(involved, {
          ask: 'equivalents',
          skin,
          ...asked,
        })
      : null;
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
          ? ENGLISH.catalogTools.nearestInTheBottleWorkedOut(answer.workedOut, answer.active)
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
    const mapped = catalog.shades.length <= MOST_MAPPED;
    const map = mapped ? await ask<ServiceMap>([catalog], { ask: 'gaps', catalogId: catalog.id }) : null;
    const incomplete = catalog.shades
      .filter(({ status }) => status === 'active')
      .map((shade) => ({ code: shade.code, regions: regulatoryCompleteness(shade) }));
    await render(req, res, 'catalogHealth', {
      title: ENGLISH.catalogTools.health,
      frame: await catalogFrame(services, req, catalog, 'health'),
      level: LEVEL_WORDS[health.level],
      problems: health.problems.slice(0, 60).map(({ level, path, found, expected, fix }) => ({
        level: level === 'error' ? ENGLISH.catalogTools.error : ENGLISH.catalogTools.remark,
        text: `${catalog.shades[Number(/^shades\[(\d+)\]/.exec(path)?.[1])]?.code ?? (path || ENGLISH.common.catalog)}: found ${found}, expected ${expected}.`,
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
                    `${region}: ${recorded} of ${asked}${missing.length > 0 ? `, missing ${missing.join(', ')}` : ''}`,
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
