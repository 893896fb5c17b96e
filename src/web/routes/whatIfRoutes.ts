import { Router } from 'express';
import { getMatch, optionsOf, resultOf } from '../../app/changeMatch.ts';
import type { PredictTask } from '../../app/photoTask.ts';
import type { Services } from '../../app/services.ts';
import { pigmentOfShade, startingPoint, type tryOut, WHAT_IF_LIMITS, type WhatIf } from '../../app/whatIf.ts';
import { StippleError } from '../../errors.ts';
import { closenessWords } from '../../matching/words.ts';
import { DEFAULT_GAP_MM } from '../../optics/tissue.ts';
import { visitor } from '../owner.ts';
import { render } from '../render.ts';
import { hexOf } from '../resultModel.ts';

type Name = keyof typeof WHAT_IF_LIMITS;
const NAMES = Object.keys(WHAT_IF_LIMITS) as Name[];

/** Numbers of the address, kept within their limits; what is missing or unusable starts where the result stands. */
function readWhatIf(query: Record<string, unknown>, start: WhatIf): WhatIf {
  const entries = NAMES.map((name) => {
    const { low, high } = WHAT_IF_LIMITS[name];
    const text = String(query[name] ?? '').replace(',', '.');
    const value = text.trim() === '' ? Number.NaN : Number(text);
    return [name, Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : start[name]];
  });
  return Object.fromEntries(entries) as unknown as WhatIf;
}

/** "What if": another ratio, density, diameter or depth on this client's skin, as a form and as data for the live panel. */
export function whatIfRoutes(services: Services): Router {
  const router = Router();

  async function load(id: string, owner: ReturnType<typeof visitor>, query: Record<string, unknown>) {
    const match = await getMatch(services, owner, id);
    const result = resultOf(match);
    const options = optionsOf(match);
    const start = result && startingPoint(result, options, DEFAULT_GAP_MM);
    if (!result?.skin || !start)
      throw new StippleError('SMP_NOT_FOUND', 'This match has no recommendation to try other settings on.');
    const wanted = String(query.shade ?? '');
    const shade =
      result.recommendations.find(({ code, catalog }) => `${catalog.id}/${code}` === wanted) ??
      result.recommendations[0]!;
    const pigment = pigmentOfShade(services, options, { code: shade.code, catalogId: shade.catalog.id });
    if (!pigment) throw new StippleError('SMP_NOT_FOUND', 'The catalog of this match is no longer there.');
    return { match, result, shade, pigment, what: readWhatIf(query, { ...start, parts: shade.dilution.partsDiluent }) };
  }

  router.get('/matches/:id/what-if', async (req, res) => {
    const { match, result, shade, pigment, what } = await load(req.params.id, visitor(req), req.query);
    const task: PredictTask = {
      kind: 'predict',
      skin: result.skin!.lab,
      target: result.target?.lab ?? null,
      pigment,
      what,
    };
    const found = await services.pool.run<ReturnType<typeof tryOut>>(task);
    await render(req, res, 'whatIf', {
      title: 'What if',
      script: 'whatIfPage',
      base: `/matches/${match.id}`,
      fields: NAMES.map((name) => ({ name, ...WHAT_IF_LIMITS[name], value: Number(what[name].toFixed(3)) })),
      shades: result.recommendations.map(({ code, name, catalog }) => ({
        value: `${catalog.id}/${code}`,
        text: `${code} ${name}`,
        selected: code === shade.code && catalog.id === shade.catalog.id,
      })),
      skinHex: hexOf(result.skin!.lab),
      targetHex: result.target ? hexOf(result.target.lab) : null,
      areaHex: hexOf(found.area),
      dotHex: hexOf(found.dot),
      coverageText: `${(100 * found.coverage).toFixed(1)} % of the skin lies under dots`,
      closeness: found.deltaE00 === null ? '' : closenessWords(found.deltaE00),
      data: JSON.stringify({
        skin: result.skin!.lab,
        target: result.target?.lab ?? null,
        pigments: Object.fromEntries(
          result.recommendations.map(({ code, catalog }) => {
            const { neatTau, shape, scatterRatio } = pigmentOfShade(services, optionsOf(match), {
              code,
              catalogId: catalog.id,
            })!;
            return [`${catalog.id}/${code}`, { neatTau, shape: Array.from(shape), scatterRatio }];
          }),
        ),
      }),
    });
  });

  return router;
}
