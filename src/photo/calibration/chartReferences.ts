import { lab50ToLab65 } from '../../colour/adaptBradford.ts';
import { type Lab65, lab65 } from '../../colour/lab65.ts';

/** Charts made before and after November 2014, when the manufacturer changed pigments; or a reference of one's own. */
export type ChartEdition = 'before2014' | 'after2014' | 'own';

/**
 * X-Rite, "ColorChecker Classic, SG & Passport colour reference values", 2005 formulation: CIE L*a*b* D50/2°, M0,
 * dark skin to black row by row.
 */
export const BEFORE_2014_D50: readonly (readonly [number, number, number])[] = [
  [37.986, 13.555, 14.059],
  [65.711, 18.13, 17.81],
  [49.927, -4.88, -21.905],
  [43.139, -13.095, 21.905],
  [55.112, 8.844, -25.399],
  [70.719, -33.397, -0.199],
  [62.661, 36.067, 57.096],
  [40.02, 10.41, -45.964],
  [51.124, 48.239, 16.248],
  [30.325, 22.976, -21.587],
  [72.532, -23.709, 57.255],
  [71.941, 19.363, 67.857],
  [28.778, 14.179, -50.297],
  [55.261, -38.342, 31.37],
  [42.101, 53.378, 28.19],
  [81.733, 4.039, 79.819],
  [51.935, 49.986, -14.574],
  [51.038, -28.631, -28.638],
  [96.539, -0.425, 1.186],
  [81.257, -0.638, -0.335],
  [66.766, -0.734, -0.504],
  [50.867, -0.153, -0.27],
  [35.656, -0.421, -1.231],
  [20.461, -0.079, -0.973],
];

/** The same document, formulation from November 2014 on. */
export const AFTER_2014_D50: readonly (readonly [number, number, number])[] = [
  [37.54, 14.37, 14.92],
  [64.66, 19.27, 17.5],
  [49.32, -3.82, -22.54],
  [43.46, -12.74, 22.72],
  [54.94, 9.61, -24.79],
  [70.48, -32.26, -0.37],
  [62.73, 35.83, 56.5],
  [39.43, 10.75, -45.17],
  [50.57, 48.64, 16.67],
  [30.1, 22.54, -20.87],
  [71.77, -24.13, 58.19],
  [71.51, 18.24, 67.37],
  [28.37, 15.42, -49.8],
  [54.38, -39.72, 32.27],
  [42.43, 51.05, 28.62],
  [81.8, 2.67, 80.41],
  [50.63, 51.28, -14.12],
  [49.57, -29.71, -28.32],
  [95.19, -1.03, 2.93],
  [81.29, -0.57, 0.44],
  [66.89, -0.75, -0.06],
  [50.76, -0.13, 0.14],
  [35.63, -0.46, -0.48],
  [20.64, 0.07, -0.46],
];

/**
 * What Bradford gets wrong between D50 and D65: Lab of each patch computed from its reflectance under D65 minus Lab
 * computed under D50 and adapted. From the mean reflectances of 30 charts (Pascale, "BabelColor Average", as tabulated
 * in Colour 0.4.6, BSD-3-Clause), CIE 1931 observer, 380–730 nm. Light skin turns 1.8 less red, which would otherwise be
 * carried into every skin measured.
 */
const DAYLIGHT_SHIFT: readonly (readonly [number, number, number])[] = [
  [-0.23, -0.6, -0.4],
  [-0.24, -1.82, 0.05],
  [0.15, 0.42, 0.2],
  [0.09, 0.31, 0.13],
  [-0.02, -0.16, -0.09],
  [0.44, 0.32, 1.36],
  [-0.66, -0.72, -1.22],
  [0.05, 0.8, 0.04],
  [-0.75, -1.76, -1.3],
  [-0.27, 0.09, -1.02],
  [0.15, 0.36, 0.7],
  [-0.47, -0.27, -1.12],
  [0.03, 0.85, 0.15],
  [0.4, 0.48, 1.34],
  [-0.92, -2.7, -1.38],
  [-0.24, -0.56, -0.21],
  [-0.72, -1.39, -1.67],
  [0.55, -0.61, 1.61],
  [0, -0.21, 0.19],
  [0.01, -0.02, 0.09],
  [0.01, 0.03, 0.05],
  [0.01, 0.05, 0.04],
  [0.01, 0.06, 0.02],
  [0, 0.03, -0.02],
];

function underD65(labs: readonly (readonly [number, number, number])[]): readonly Lab65[] {
  return labs.map((lab50, patch) => {
    const [L, a, b] = lab50ToLab65(lab50);
    const [dL, da, db] = DAYLIGHT_SHIFT[patch]!;
    return lab65(L + dL, a + da, b + db);
  });
}

/** Published colours of the 24 patches as they look under D65. */
export const CHART_REFERENCES: Readonly<Record<Exclude<ChartEdition, 'own'>, readonly Lab65[]>> = {
  before2014: underD65(BEFORE_2014_D50),
  after2014: underD65(AFTER_2014_D50),
};
