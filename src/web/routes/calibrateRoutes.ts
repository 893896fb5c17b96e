import { type Request, type Response, Router } from 'express';
import { measureAgain, optionsOf } from '../../app/changeMatch.ts';
import type { MatchOptions } from '../../app/matchOptions.ts';
import type { Services } from '../../app/services.ts';
import { readSettings } from '../../app/studioSettings.ts';
import { ENGLISH } from '../../language/english.ts';
import type { Point } from '../../photo/rasterPhoto.ts';
import type { MatchOwner } from '../../storage/matchRecord.ts';
import {
  calibrationView,
  type FieldFault,
  POINTS,
  type PointKey,
  type PointTexts,
  pointAfter,
  readPoints,
  referenceChoices,
  SPOT_KINDS,
  startingPoints,
  typedPoints,
  unusableReference,
} from '../calibrationForm.ts';
import { comparedCells, patchRows } from '../cardPicture.ts';
import { redirectAfterPost, textField } from '../forms.ts';
import { stepLinks } from '../matchPages.ts';
import { render } from '../render.ts';
import { pictureOf, type ShownMatch, shownMatch } from '../shownMatch.ts';

const CORNERS: readonly PointKey[] = ['brown', 'green', 'black', 'white'];

interface Filled {
  readonly points: PointTexts;
  /** The point that the next tap places. */
  readonly active: PointKey;
  readonly kind: string;
  readonly problem: readonly FieldFault[] | null;
}

/** Calibrate: the card that was found, or a card, spot or nothing that the person chooses instead. */
export function calibrateRoutes(services: Services): Router {
  const router = Router();

  async function show(req: Request, res: Response, page: ShownMatch, filled: Filled): Promise<void> {
    const { match, result } = page;
    const options = optionsOf(match);
    const unusable = unusableReference(options, result);
    const { message, card } = result.calibration;
    const patches = card?.patches ?? [];
    const problem = filled.problem ?? (unusable && message ? [{ text: message, field: null }] : null);
    if (filled.problem) res.status(422);
    await render(req, res, 'calibrate', {
      title: problem ? ENGLISH.frame.errorTitle(ENGLISH.common.calibrate) : ENGLISH.common.calibrate,
      script: 'calibratePage',
      problem,
      steps: stepLinks(match.id, 'calibrate', true),
      photo: await pictureOf(services, page),
      state: calibrationView(result, options.cardCorners !== undefined),
      action: `/matches/${match.id}/calibrate`,
      references: referenceChoices(options, (await readSettings(services, page.owner)).cardReference),
      patchRows: patchRows(patches),
      cells: comparedCells(patches),
      regionsHref: `/matches/${match.id}/regions`,
      points: POINTS.map((point) => ({
        ...point,
        x: filled.points[point.key][0],
        y: filled.points[point.key][1],
        active: point.key === filled.active,
      })),
      kinds: SPOT_KINDS.map((kind) => ({ ...kind, chosen: kind.value === filled.kind })),
      estimated: options.card === 'none',
    });
  }

  router.get('/matches/:id/calibrate', async (req, res) => {
    const page = await shownMatch(services, req, res);
    if (!page) return;
    const { match, result } = page;
    const options = optionsOf(match);
    const query = req.query as Record<string, unknown>;
    const tapped = 'tap.x' in query;
    await show(req, res, page, {
      points: tapped ? typedPoints(query, result.input) : startingPoints(options, result),
      active: tapped ? pointAfter(query.point) : options.white ? 'spot' : 'brown',
      kind: String(query.whiteKind ?? options.whiteKind),
      problem: null,
    });
  });

  router.post('/matches/:id/calibrate', async (req, res) => {
    const page = await shownMatch(services, req, res);
    if (!page) return;
    const { owner, match, result } = page;
    const action = textField(req, 'action');
    const points = typedPoints(req.body as Record<string, unknown>, result.input);
    const read =
      action === 'corners' || action === 'spot'
        ? readPoints(points, action === 'spot' ? ['spot'] : CORNERS, result.input)
        : [];
    const kind = SPOT_KINDS.find(({ value }) => value === textField(req, 'whiteKind'))?.value ?? 'white';
    if (isFaulty(read)) {
      const active = CORNERS.find((key) => read.some(({ field }) => field === `${key}-x`)) ?? 'spot';
      return show(req, res, page, { points, active, kind, problem: read });
    }
    const { cardCorners, white, ...rest } = optionsOf(match);
    const next = { ...rest, ...chosen(action, read, kind) };
    if (action === 'reference') Object.assign(next, { cardCorners, card: 'auto' });
    await measureAgain(services, owner, match, await withReference(next, owner, textField(req, 'reference')));
    redirectAfterPost(res, `/matches/${match.id}`);
  });

  /** The card's colours as chosen on the form; a form without the choice leaves them. */
  async function withReference(options: MatchOptions, owner: MatchOwner, reference: string): Promise<MatchOptions> {
    const { cardReference, ...published } = options;
    if (reference === 'published') return published;
    if (reference !== 'own') return options;
    const own = (await readSettings(services, owner)).cardReference;
    return { ...published, cardReference: own?.labs ?? cardReference };
  }

  return router;
}

function isFaulty(read: readonly Point[] | readonly FieldFault[]): read is readonly FieldFault[] {
  return read.some((each) => 'field' in each);
}

/** The options of what the person asked for; anything else looks for a card again. */
function chosen(
  action: string,
  points: readonly Point[],
  whiteKind: MatchOptions['whiteKind'],
): Partial<MatchOptions> & Pick<MatchOptions, 'card'> {
  if (action === 'corners') return { card: 'auto', cardCorners: [...points] };
  if (action === 'spot') return { card: 'auto', white: points[0]!, whiteKind };
  return { card: action === 'skip' ? 'none' : 'auto' };
}
