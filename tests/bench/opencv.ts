import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import type { Lab65 } from '../../src/colour/lab65.ts';
import { linearToSrgb, SRGB8_TO_LINEAR, srgbToLinear } from '../../src/colour/srgb.ts';
import { linearSrgbToLab65 } from '../../src/colour/xyzLab.ts';
import { calibrateCard } from '../../src/photo/calibration/calibrateCard.ts';
import { CHART_REFERENCES } from '../../src/photo/calibration/chartReferences.ts';
import { predictLab } from '../../src/photo/calibration/crossValidate.ts';
import { detectCard } from '../../src/photo/card/detectCard.ts';
import { decodePhoto } from '../../src/photo/decode/decodePhoto.ts';
import { LABEL } from '../../src/photo/regions/labelMap.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { renderScene } from '../fixtures/scenes/renderScene.ts';
import { encodeScene } from '../fixtures/scenes/sceneJpeg.ts';
import { sceneSet } from '../fixtures/scenes/sceneSet.ts';
import { median } from './timing.ts';

/** Debian's python3-opencv belongs to the system's Python, whatever other one comes first. */
const PYTHONS = ['/usr/bin/python3', 'python3'];
const RUNS = 3;
const SCENES = 6;
const SEED = 41;
/** Genuine charts, where the folder of real photos is mounted. */
const GENUINE = /^(jtvd_|pc_|pi_).*[.](jpg|png)$/;

type Rgb = readonly [number, number, number];

interface BenchPhoto {
  readonly name: string;
  readonly path: string;
  /** Mean skin of the photo, encoded sRGB 0–1, and what it truly is; only where a scene was rendered. */
  readonly skin: { readonly seen: Rgb; readonly truth: Lab65 } | null;
}

interface Found {
  readonly ms: number;
  /** CIEDE2000, null where no card was found. */
  readonly patches: number | null;
  readonly skin: number | null;
}

interface PythonAnswer {
  readonly version: string;
  readonly photos: readonly { readonly ms: number[]; readonly patches?: Rgb[]; readonly colours?: Rgb[] }[];
}

function findPython(): string | null {
  const hasIt = (python: string) =>
    spawnSync(python, ['-c', 'import cv2; cv2.mcc; cv2.ccm'], { stdio: 'ignore' }).status === 0;
  return PYTHONS.find(hasIt) ?? null;
}

async function renderPhotos(folder: string): Promise<BenchPhoto[]> {
  const photos: BenchPhoto[] = [];
  for (const spec of sceneSet('skin-card', SCENES, SEED)) {
    const scene = renderScene({ ...spec, hair: null });
    const path = join(folder, `${spec.name}.jpg`);
    writeFileSync(path, await encodeScene(scene, spec.camera.jpegQuality));
    const { raster } = await decodePhoto(path);
    const sum = [0, 0, 0];
    let pixels = 0;
    for (let i = 0; i < scene.truth.labels.length; i += 7) {
      if (scene.truth.labels[i] !== LABEL.skin) continue;
      for (let c = 0; c < 3; c++) sum[c]! += SRGB8_TO_LINEAR[raster.data[3 * i + c]!]!;
      pixels++;
    }
    const seen = sum.map((value) => linearToSrgb(value / pixels)) as unknown as Rgb;
    photos.push({ name: `${spec.name} ${spec.light.kind}`, path, skin: { seen, truth: scene.truth.skinLab! } });
  }
  return photos;
}

function realPhotos(): BenchPhoto[] {
  const folder = resolve(projectRoot, '../shared/photos/colorchecker');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => GENUINE.test(file))
    .map((name) => ({ name, path: join(folder, name), skin: null }));
}

const toLab = (encoded: Rgb) => linearSrgbToLab65(encoded.map(srgbToLinear) as unknown as Rgb);

/** Mean over the 24 patches against the edition that fits better, the same for both programs. */
function patchError(labs: readonly Lab65[]): number {
  const against = (reference: readonly Lab65[]) =>
    labs.reduce((sum, lab, i) => sum + deltaE00(lab, reference[i]!) / labs.length, 0);
  return Math.min(against(CHART_REFERENCES.before2014), against(CHART_REFERENCES.after2014));
}

async function runOurs({ path, skin }: BenchPhoto): Promise<Found> {
  const { raster } = await decodePhoto(path);
  const diagonalPx = Math.hypot(raster.widthPx, raster.heightPx);
  const times: number[] = [];
  let found = null as ReturnType<typeof detectCard> | null;
  let calibration: ReturnType<typeof calibrateCard> = null;
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    found = detectCard(raster);
    calibration = found.found ? calibrateCard(found.card.patches, { diagonalPx }) : null;
    times.push(performance.now() - start);
  }
  if (!found?.found || !calibration) return { ms: median(times), patches: null, skin: null };
  const { correction, skinCorrection } = calibration;
  const seen = skin && (skin.seen.map(srgbToLinear) as unknown as Rgb);
  return {
    ms: median(times),
    patches: patchError(found.card.patches.map(({ rgb }) => predictLab(correction, rgb))),
    skin: skin && seen && deltaE00(predictLab(skinCorrection, seen), skin.truth),
  };
}

function runOpenCv(python: string, photos: readonly BenchPhoto[]): { version: string; found: Found[] } {
  const task = {
    runs: RUNS,
    photos: photos.map(({ path, skin }) => ({ path, colours: [skin?.seen ?? [0.5, 0.5, 0.5]] })),
  };
  const script = join(projectRoot, 'tests/bench/opencv.py');
  const answer = execFileSync(python, [script], { input: JSON.stringify(task), maxBuffer: 1e7 });
  const { version, photos: answers } = JSON.parse(answer.toString()) as PythonAnswer;
  const found = answers.map(({ ms, patches, colours }, i): Found => {
    const { skin } = photos[i]!;
    return {
      ms: median(ms),
      patches: patches ? patchError(patches.map(toLab)) : null,
      skin: skin && colours ? deltaE00(toLab(colours[0]!), skin.truth) : null,
    };
  });
  return { version, found };
}

const cell = (value: number | null, digits: number) => (value === null ? '–' : value.toFixed(digits)).padStart(7);

/** Card search and calibration beside OpenCV's mcc and ccm on the same decoded photos in the same run, one thread each. */
export async function benchOpenCv(photo: string): Promise<string[]> {
  const python = findPython();
  if (!python) return ['OpenCV (python3-opencv with mcc and ccm) is not installed: nothing to compare with.'];
  const folder = mkdtempSync(join(tmpdir(), 'stipple-bench-'));
  try {
    const photos = [{ name: '12 MP demo', path: photo, skin: null }, ...(await renderPhotos(folder)), ...realPhotos()];
    // The first photo warms the code up.
    await runOurs(photos[0]!);
    const ours: Found[] = [];
    for (const each of photos) ours.push(await runOurs(each));
    const { version, found } = runOpenCv(python, photos);
    const lines = [
      `Card search and calibration beside OpenCV ${version}, without decoding; ΔE00 of the patches and of the skin after correction`,
      `${'photo'.padEnd(36)} ms: ours OpenCV   patches: ours OpenCV   skin: ours OpenCV`,
    ];
    for (const [i, { name }] of photos.entries()) {
      const [one, other] = [ours[i]!, found[i]!];
      lines.push(
        `${name.padEnd(36)} ${cell(one.ms, 0)}${cell(other.ms, 0)}         ${cell(one.patches, 2)}${cell(other.patches, 2)}      ${cell(one.skin, 2)}${cell(other.skin, 2)}`,
      );
    }
    const middle = (list: readonly Found[], of: (found: Found) => number | null) => {
      const known = list.map(of).filter((value) => value !== null);
      return known.length > 0 ? median(known) : null;
    };
    const sums = [ours, found].map((list) => [
      middle(list, ({ ms }) => ms),
      middle(list, ({ patches }) => patches),
      middle(list, ({ skin }) => skin),
    ]);
    lines.push(
      `${'median of those found'.padEnd(36)} ${cell(sums[0]![0]!, 0)}${cell(sums[1]![0]!, 0)}         ${cell(sums[0]![1]!, 2)}${cell(sums[1]![1]!, 2)}      ${cell(sums[0]![2]!, 2)}${cell(sums[1]![2]!, 2)}`,
    );
    return lines;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
