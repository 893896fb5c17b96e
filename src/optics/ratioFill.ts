/**
 * The ratio of reflectance with a layer of pigment to reflectance without, as a function of the absorption a and the reduced
 * scattering s that the pigment adds (1/mm), from few values of it. Light that wanders through the layer for a path l keeps
 * exp(−a·l) of itself, so the ratio is a sum of decays and comes down to that of a black layer as 1/a does: a polynomial of
 * w = c/(c + a) follows it from 0 to ∞ with half the nodes of a spline. What scattering adds to it dies away likewise, and
 * is another such polynomial.
 *
 * The scales c and the nodes make the errors least on sixteen skins from L* 25 to 82: under 1e-4 of the ratio without
 * scattering, 4e-4, 1e-3 and 2e-3 at s = 2, 8 and 30.
 */
const CLEAR_SCALE = 2;
const CLEAR_NODES = [0.25, 0.65, 1.3, 2.45, 4.7, 9, 40];
const CLOUDY_SCALE = 4.5;
const CLOUDY_NODES = [0, 0.36, 1.16, 3.5, 13, 49];

/** Weights of values at nodes: one row for each place. */
type Weights = readonly Float64Array[];

/** For polynomials of w (Lagrange) that are 0 with w, where a = ∞. */
function interpolation(scale: number, from: readonly number[], to: readonly number[]): Weights {
  const nodes = from.map((absorption) => scale / (scale + absorption));
  return to.map((absorption) => {
    const w = scale / (scale + absorption);
    return Float64Array.from(nodes, (own) =>
      nodes.reduce((weight, other) => (other === own ? weight : (weight * (w - other)) / (own - other)), w / own),
    );
  });
}

function weigh(weights: Float64Array, values: Float64Array): number {
  let total = 0;
  for (let node = 0; node < weights.length; node++) total += weights[node]! * values[node]!;
  return total;
}

/** Where ratios are wanted, with the weights that lead there. */
export interface RatioFill {
  readonly absorptions: readonly number[];
  readonly clear: Weights;
  readonly clearAtCloudy: Weights;
  readonly cloudy: Weights;
}

export function makeRatioFill(absorptions: readonly number[]): RatioFill {
  const clearNodes = [0, ...CLEAR_NODES];
  return {
    absorptions,
    clear: interpolation(CLEAR_SCALE, clearNodes, absorptions),
    clearAtCloudy: interpolation(CLEAR_SCALE, clearNodes, CLOUDY_NODES),
    cloudy: interpolation(CLOUDY_SCALE, CLOUDY_NODES, absorptions),
  };
}

/** The solver's ratio at an absorption and a scattering added. */
export type SolvedRatio = (absorption: number, scattering: number) => number;

/** What is above a black layer at the clear nodes, the first of which is no pigment at all. */
const aboveBlack = new Float64Array(1 + CLEAR_NODES.length);
/** What scattering adds at the cloudy nodes. */
const added = new Float64Array(CLOUDY_NODES.length);

/**
 * Ratios at the absorptions of `fill`, for each scattering in turn, of which the first is 0.
 * @param black the ratio of a layer below which nothing is seen
 */
export function fillRatios(
  { absorptions, clear, clearAtCloudy, cloudy }: RatioFill,
  scatterings: readonly number[],
  solved: SolvedRatio,
  black: number,
  into: Float64Array,
): void {
  aboveBlack[0] = 1 - black;
  for (let node = 0; node < CLEAR_NODES.length; node++) aboveBlack[node + 1] = solved(CLEAR_NODES[node]!, 0) - black;
  for (let i = 0; i < absorptions.length; i++) into[i] = black + weigh(clear[i]!, aboveBlack);
  for (let plane = 1; plane < scatterings.length; plane++) {
    for (let node = 0; node < added.length; node++) {
      added[node] = solved(CLOUDY_NODES[node]!, scatterings[plane]!) - black - weigh(clearAtCloudy[node]!, aboveBlack);
    }
    for (let i = 0; i < absorptions.length; i++) {
      into[plane * absorptions.length + i] = into[i]! + weigh(cloudy[i]!, added);
    }
  }
}
