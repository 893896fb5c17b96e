import { readFile } from 'node:fs/promises';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { type CardConditions, readCardReference } from '../../app/cardReference.ts';
import type { Services } from '../../app/services.ts';
import { readSettings, writeSettings } from '../../app/studioSettings.ts';
import { ERRORS, StippleError } from '../../errors.ts';
import { shownDay } from '../../language/dates.ts';
import { ENGLISH } from '../../language/english.ts';
import { cardCells } from '../cardPicture.ts';
import { redirectAfterPost, textField } from '../forms.ts';
import { checkUploader, knownOwner, newOwner } from '../owner.ts';
import { received } from '../receive.ts';
import { render } from '../render.ts';

const AS_FILED = { value: '', text: ENGLISH.photo.asTheFileSays };
const ILLUMINANTS = [AS_FILED, ...['D50', 'D65', 'A', 'C', 'F2', 'F11'].map((value) => ({ value, text: value }))];
const OBSERVERS = [AS_FILED, { value: '2', text: '2°' }, { value: '10', text: '10°' }];

interface Typed {
  readonly illuminant: string;
  readonly observer: string;
}

/** The colours of one's own card: taken from a file, kept with the settings and used for new photos. */
export function cardRoutes(services: Services, upload: RequestHandler): Router {
  const router = Router();

  async function show(req: Request, res: Response, typed: Typed, problem: StippleError | null): Promise<void> {
    const { cardReference } = await readSettings(services, knownOwner(req));
    if (problem) res.status(ERRORS[problem.code].status);
    const choices = (all: readonly { value: string; text: string }[], chosen: string) =>
      all.map((each) => ({ ...each, selected: each.value === chosen }));
    await render(req, res, 'card', {
      title: problem ? ENGLISH.frame.errorTitle(ENGLISH.photo.yourColourCard) : ENGLISH.photo.yourColourCard,
      problem: problem ? [{ text: problem.message, field: 'file' }] : null,
      card: cardReference && {
        name: cardReference.name,
        addedAt: shownDay(cardReference.addedAt),
        cells: cardCells(cardReference.labs),
      },
      illuminants: choices(ILLUMINANTS, typed.illuminant),
      observers: choices(OBSERVERS, typed.observer),
    });
  }

  router.get('/settings/card', async (req, res) => {
    await show(req, res, { illuminant: '', observer: '' }, null);
  });

  router.post('/settings/card', checkUploader, async (req, res) => {
    let typed: Typed = { illuminant: '', observer: '' };
    try {
      await received(upload, req, res).finally(() => {
        typed = { illuminant: textField(req, 'illuminant'), observer: textField(req, 'observer') };
      });
      if (!req.file) throw new StippleError('SMP_OPTION_INVALID', ENGLISH.photo.chooseTheFileWithTheColours);
      const name = req.file.originalname.slice(0, 80);
      const labs = readCardReference(await readFile(req.file.path), name, readConditions(typed));
      const settings = await readSettings(services, knownOwner(req));
      const cardReference = {
        name,
        addedAt: services.now().toISOString(),
        labs: labs.map(([L, a, b]): [number, number, number] => [L, a, b]),
      };
      await writeSettings(services, await newOwner(req), { ...settings, cardReference });
      redirectAfterPost(res, '/settings/card');
    } catch (error) {
      if (!(error instanceof StippleError) || ERRORS[error.code].status >= 500) throw error;
      await show(req, res, typed, error);
    }
  });

  router.post('/settings/card/remove', async (req, res) => {
    const settings = await readSettings(services, knownOwner(req));
    await writeSettings(services, await newOwner(req), { ...settings, cardReference: null });
    redirectAfterPost(res, '/settings/card');
  });

  return router;
}

function readConditions({ illuminant, observer }: Typed): CardConditions {
  const known = (all: readonly { value: string }[], value: string) =>
    value !== '' && all.some((each) => each.value === value);
  return {
    ...(known(ILLUMINANTS, illuminant) ? { illuminant } : {}),
    ...(known(OBSERVERS, observer) ? { observer } : {}),
  } as CardConditions;
}
