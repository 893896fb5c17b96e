import { type Request, type Response, Router } from 'express';
import { measureAgain, optionsOf } from '../../app/changeMatch.ts';
import type { MatchOptions } from '../../app/matchOptions.ts';
import type { Services } from '../../app/services.ts';
import type { Point } from '../../photo/rasterPhoto.ts';
import {
  calibrationView,
  type FieldFault,
  POINTS,
  type PointKey,
  type PointTexts,
  pointAfter,
  readPoints,
  SPOT_KINDS,
  startingPoints,
  typedPoints,
  unusableReference,
} from '../calibrationForm.ts';
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
    const { message } = result.calibration;
    const problem = filled.problem ?? (unusable && message ? [{ text: message, field: null }] : null);
    if (filled.problem) res.status(422);
    await render(req, res, 'calibrate', {
      title: problem ? 'Error: Calibrate' : 'Calibrate',
      script: 'calibratePage',
      problem,
      steps: stepLinks(match.id, 'calibrate', true),
      photo: await pictureOf(services, page),
      state: calibrationView(result, options.cardCorners !== undefined),
      action: `/matches/${match.id}/calibrate`,
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
    await measureAgain(services, owner, match, { ...rest, ...chosen(action, read, kind) });
    redirectAfterPost(res, `/matches/${match.id}`);
  });

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
