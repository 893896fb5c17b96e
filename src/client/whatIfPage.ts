import { formatHex } from 'culori/fn';
import { deltaE00 } from '../colour/deltaE00.ts';
import { type Lab65, lab65 } from '../colour/lab65.ts';
import { linearToSrgb } from '../colour/srgb.ts';
import { lab65ToLinearSrgb } from '../colour/xyzLab.ts';
import { closenessWords } from '../matching/words.ts';
import { buildClientTable, type ClientTable } from '../optics/clientTable.ts';
import { DEFAULT_APPLICATION } from '../optics/pigmentDose.ts';
import { predictHealed } from '../optics/predictHealed.ts';
import { say } from './say.ts';

interface Data {
  readonly skin: readonly [number, number, number];
  readonly target: readonly [number, number, number] | null;
  readonly pigments: Record<string, { neatTau: number; shape: number[]; scatterRatio: number }>;
}

const panel = document.querySelector<HTMLElement>('[data-what-if]')!;
const form = panel.querySelector('form')!;
const data = JSON.parse(panel.dataset.whatIf!) as Data;
const skin = lab65(...data.skin);
let table: ClientTable | null = null;

const number = (name: string): number => Number(form.querySelector<HTMLInputElement>(`#${name}`)!.value);

function hexOf(lab: Lab65): string {
  const [r, g, b] = lab65ToLinearSrgb(lab).map(linearToSrgb) as [number, number, number];
  return formatHex({ mode: 'rgb', r, g, b });
}

/** The table holds everything of skin and depth; the rest is microseconds. */
function tableAt(gapMm: number): ClientTable {
  if (table === null || table.gapMm !== gapMm)
    table = buildClientTable(skin, table ? { gapMm, fit: table.fit } : { gapMm });
  return table;
}

function show(): void {
  const pigment = data.pigments[form.querySelector('select')!.value]!;
  try {
    const { area, dot, coverage } = predictHealed(
      tableAt(number('gap')),
      { ...pigment, shape: Float64Array.from(pigment.shape), basis: 'spectral', sigmaLogTau: 0 },
      {
        ...DEFAULT_APPLICATION,
        partsDiluent: number('parts'),
        densityPerCm2: number('density'),
        diameterMm: number('diameter'),
      },
    );
    panel.querySelector('[data-area]')!.setAttribute('fill', hexOf(area));
    panel.querySelector('[data-dot]')!.setAttribute('fill', hexOf(dot));
    panel.querySelector('[data-coverage]')!.textContent = say('coverage', { percent: (100 * coverage).toFixed(1) });
    if (data.target) {
      panel.querySelector('[data-closeness]')!.textContent = closenessWords(deltaE00(lab65(...data.target), area));
    }
  } catch {
    panel.querySelector('[data-closeness]')!.textContent = say('outside');
  }
}

for (const range of form.querySelectorAll<HTMLInputElement>('[data-range]')) {
  const field = form.querySelector<HTMLInputElement>(`#${range.dataset.range}`)!;
  range.hidden = false;
  range.addEventListener('input', () => {
    field.value = range.value;
    show();
  });
  field.addEventListener('input', () => {
    range.value = field.value;
    show();
  });
}
form.querySelector('select')!.addEventListener('input', show);
form.querySelector<HTMLElement>('button')!.hidden = true;
form.addEventListener('submit', (event) => event.preventDefault());
