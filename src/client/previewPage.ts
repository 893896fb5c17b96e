import { lab65 } from '../colour/lab65.ts';
import { readMask } from '../masks/maskText.ts';
import { buildClientTable } from '../optics/clientTable.ts';
import type { Pigment } from '../optics/pigment.ts';
import type { Picture } from '../preview/picture.ts';
import { createPreviewer, type Previewer, type PreviewRequest } from '../preview/previewer.ts';
import { endsOf } from '../preview/previewLooks.ts';
import { AUTO_AREA, readArea, type TreatedArea, writeArea } from '../preview/treatedArea.ts';
import { editArea } from './areaEditor.ts';
import { startCompareSliders } from './compareSlider.ts';
import { drawOnCanvas, readPicture } from './pictureCanvas.ts';
import { say } from './say.ts';

/** What the server sends for this photo: see app/previewKit.ts. */
interface Kit {
  readonly scene: {
    readonly widthPx: number;
    readonly regions: string;
    readonly scale: { readonly pxPerMm: number; readonly sentence: string };
    readonly skin: readonly [number, number, number];
    readonly gapMm: number | null;
    readonly hand: { readonly densityPerCm2: number; readonly diameterMm: number };
  };
  readonly shades: readonly {
    readonly key: string;
    readonly name: string;
    readonly pigment: Omit<Pigment, 'shape'> & { readonly shape: readonly number[] };
    readonly parts: readonly number[];
  }[];
}

/** Choices that follow one another faster are one. */
const SETTLED_MS = 400;

const form = document.querySelector<HTMLFormElement>('[data-studio]')!;
const status = form.querySelector<HTMLElement>('[data-status]')!;
const sentences = form.querySelector<HTMLElement>('[data-sentences]')!;
const pairs = [...form.querySelectorAll<HTMLElement>('[data-pair]')];
const maskField = form.querySelector<HTMLInputElement>('input[name="mask"]')!;
const preset = form.querySelector<HTMLSelectElement>('#preset')!;
const value = (name: string) => String(new FormData(form).get(name) ?? '');

startCompareSliders(form);
void start().catch(() => {
  status.textContent = say('notStarted');
});

async function start(): Promise<void> {
  const answer = await fetch(form.dataset.source!);
  if (!answer.ok) throw new Error(`Expected a preview kit but received status ${answer.status}.`);
  const kit = (await answer.json()) as Kit;
  const photo = new Image();
  photo.src = form.dataset.photo!;
  await photo.decode();
  const picture = readPicture(photo);
  const previewer = previewerOf(kit, picture);

  const area = editArea(form, pairs[0]!.querySelector<HTMLElement>('[data-frame]')!, startArea(), () => {
    maskField.value = writeArea(area.state);
    preset.value = area.state.preset;
    update();
  });
  let wanted = false;
  // One frame at a time, always of the newest choice; what was shown stays until it is there.
  const update = () => {
    keepAddress();
    void showBefore();
    showSideBySide();
    status.textContent = say('updating');
    if (wanted) return;
    wanted = true;
    requestAnimationFrame(() => {
      wanted = false;
      status.textContent = draw(kit, previewer) ? '' : say('notDrawn');
    });
  };
  preset.addEventListener('change', () => {
    const chosen = readArea(preset.value) ?? AUTO_AREA;
    area.change({ ...area.state, preset: chosen.preset });
  });
  form.addEventListener('change', (event) => {
    const { name } = event.target as HTMLInputElement;
    if (['shade', 'stage', 'density', 'session', 'light', 'treatment', 'mirror'].includes(name)) update();
  });
  form.querySelector<HTMLElement>('[data-apply]')!.hidden = true;
  for (const tools of form.querySelectorAll<HTMLElement>('[data-tools]')) tools.hidden = false;
  update();
}

function startArea(): TreatedArea {
  return readArea(maskField.value) ?? AUTO_AREA;
}

function previewerOf({ scene }: Kit, picture: Picture): Previewer {
  const [L, a, b] = scene.skin;
  return createPreviewer({
    picture,
    regions: readMask(scene.regions),
    pxPerMm: (scene.scale.pxPerMm * picture.widthPx) / scene.widthPx,
    table: buildClientTable(lab65(L, a, b), scene.gapMm === null ? {} : { gapMm: scene.gapMm }),
    hand: scene.hand,
  });
}

/** Draws what the form says. False when it cannot be drawn; the last pictures then stay. */
function draw(kit: Kit, previewer: Previewer): boolean {
  const shade = kit.shades.find(({ key }) => key === value('shade')) ?? kit.shades[0]!;
  const session = Number(value('session')) as PreviewRequest['session'];
  const mirror = value('mirror') === '1';
  try {
    const { pictures, sentences: said } = previewer.render({
      pigment: { ...shade.pigment, shape: Float64Array.from(shade.pigment.shape) },
      partsDiluent: shade.parts[session - 1]!,
      stage: value('stage') as PreviewRequest['stage'],
      density: value('density') as PreviewRequest['density'],
      session,
      light: value('light') as PreviewRequest['light'],
      treatment: value('treatment') as PreviewRequest['treatment'],
      area: startArea(),
      seed: Number(value('seed')),
      mirror,
    });
    pairs.forEach((pair, i) => {
      const drawn = pictures[i];
      pair.hidden = !drawn;
      pair.querySelector('[data-compare]')!.classList.toggle('mirrored', mirror);
      if (!drawn) return;
      const name = say(drawn.name ?? 'after');
      pair.querySelector('[data-after-name]')!.textContent = name;
      drawOnCanvas(
        pair.querySelector<HTMLElement>('.after')!,
        drawn.picture,
        say('simulation', { name, shade: shade.name }),
      );
    });
    sentences.replaceChildren(
      ...[kit.scene.scale.sentence, ...said].map((text) => {
        const item = document.createElement('li');
        item.textContent = text;
        return item;
      }),
    );
    return true;
  } catch {
    return false;
  }
}

/** The photo in the light of the pictures: between two lights the skin itself would seem to change. */
async function showBefore(): Promise<void> {
  const light = value('light');
  const query = new URLSearchParams({ light, mask: 'none' });
  const inLight = new Image();
  inLight.src = light === 'd65' ? form.dataset.photo! : `${form.dataset.picture}?${query}`;
  // Where it cannot be had, the last one stays.
  if (
    !(await inLight.decode().then(
      () => true,
      () => false,
    )) ||
    light !== value('light')
  )
    return;
  for (const pair of pairs) {
    const shown = pair.querySelector<HTMLImageElement>('[data-before]')!;
    if (shown.src !== inLight.src) shown.src = inLight.src;
  }
}

let sideTimer = 0;
let sideLook: string | null = null;

/** Shades side by side follow the choices too; the server draws them, so only when a choice has settled. */
function showSideBySide(): void {
  const look = lookOf('').toString();
  // As the page came it shows them already.
  if (sideLook === null) sideLook = look;
  if (look === sideLook) return;
  sideLook = look;
  clearTimeout(sideTimer);
  sideTimer = window.setTimeout(() => {
    const stage = value('stage') as PreviewRequest['stage'];
    const ends = endsOf(stage, value('treatment') as PreviewRequest['treatment']);
    for (const shade of document.querySelectorAll<HTMLElement>('[data-side] [data-shade]')) {
      shade.querySelectorAll<HTMLElement>('[data-end]').forEach((figure, i) => {
        figure.hidden = i >= ends.length;
        figure.querySelector('figcaption')!.hidden = ends.length === 1;
        if (figure.hidden) return;
        const query = lookOf(shade.dataset.shade!);
        if (ends.length > 1) query.set('range', figure.dataset.end!);
        const image = figure.querySelector('img')!;
        image.src = `${form.dataset.picture}?${query}`;
      });
    }
  }, SETTLED_MS);
}

/** What the form says about one shade, as the address of its picture asks for it. */
function lookOf(shade: string): URLSearchParams {
  const query = new URLSearchParams([...new FormData(form)].map(([name, text]) => [name, String(text)]));
  for (const name of ['tool', 'preset', 'side', 'shade']) query.delete(name);
  const [catalog = '', code = ''] = shade.split('/');
  query.set('catalog', catalog);
  query.set('code', code);
  return query;
}

/** The address always says what is shown, so that it can be kept, and links that carry the look follow. */
function keepAddress(): void {
  const query = new URLSearchParams([...new FormData(form)].map(([name, text]) => [name, String(text)]));
  for (const name of ['tool', 'preset']) query.delete(name);
  history.replaceState(null, '', `?${query}`);
  const look = lookOf(value('shade')).toString();
  form.querySelector<HTMLAnchorElement>('[data-download]')!.href = `${form.dataset.picture}?${look}`;
  const share = form.querySelector<HTMLAnchorElement>('[data-share-link]');
  if (!share) return;
  const target = new URL(share.href);
  target.searchParams.set('look', look);
  share.href = target.href;
}
