import type { Shade } from '../catalog/shade.ts';
import type { Lab65, LabCovariance } from '../colour/lab65.ts';
import type { Pigment, PigmentBasis } from '../optics/pigment.ts';
import type { Measures } from './drops.ts';
import type { SessionStep } from './sessionPlan.ts';

/** A measured colour and how sure it is (the same shape as a photo's measurement). */
export interface MeasuredColour {
  readonly lab: Lab65;
  readonly covariance: LabCovariance;
  /** The part of it that is this measurement's own: the rest other colours of the same photo share. */
  readonly ownCovariance?: LabCovariance;
}

/** What the treated scalp should look like once healed. */
export interface Target {
  /** Mean colour from a distance. */
  readonly area: Lab65;
  /** One stub as seen from half a metre; null where nothing is known of single hairs. */
  readonly dot: Lab65 | null;
  /** In plain words, for people. */
  readonly why: string;
  readonly basis: 'stubble' | 'hair' | 'chosen' | 'earlierWork';
  /** Of `area`, Lab squared, all causes together. */
  readonly covariance: LabCovariance;
  /** Of `dot`; that of `area` when absent. */
  readonly dotCovariance?: LabCovariance;
  /** What of these does not come with the skin's own error, so that it is in the difference from the skin. */
  readonly ownCovariance?: LabCovariance;
  readonly dotOwnCovariance?: LabCovariance;
}

/** A shade of a catalog with its pigment worked out once. */
export interface PreparedShade {
  readonly catalog: { readonly id: string; readonly version: number };
  readonly shade: Shade;
  readonly pigment: Pigment;
  /** What the studio's own healed results changed about `pigment`. */
  readonly learned?: {
    readonly factor: number;
    readonly cases: number;
    /** The cases are of this shade; otherwise of all the studio's. */
    readonly ofShade: boolean;
  };
}

export type Goal = 'shaved' | 'hairline' | 'density' | 'scar';

export interface MatchSettings extends Measures {
  readonly densityPerCm2: number;
  readonly diameterMm: number;
  /** Session this match is for; 2 and 3 mean that earlier work is in the photo. */
  readonly session: 1 | 2 | 3;
  readonly goal: Goal;
  /** As asked from the client; it only raises a doubt where the measured skin can hardly be of that type. */
  readonly fitzpatrick?: 1 | 2 | 3 | 4 | 5 | 6;
  /** ISO date (YYYY-MM-DD) that lots are checked against. */
  readonly today: string;
  /** Region whose label statements are asked for; all recorded regions when absent. */
  readonly region?: Shade['regulatory'][number]['region'];
}

export interface CalibrationQuality {
  readonly method: 'card' | 'white' | 'estimated' | 'none';
  readonly expectedDeltaE00: number;
}

/** Doubts about the photo that cap confidence; each sentence is shown as a reason. */
export interface ConfidenceCap {
  readonly level: 'medium' | 'low';
  readonly reason: string;
  /** What would lift it. */
  readonly fix: string;
}

export interface MatchInput {
  readonly skin: MeasuredColour;
  readonly target: Target;
  readonly shades: readonly PreparedShade[];
  readonly settings: MatchSettings;
  readonly calibration: CalibrationQuality;
  readonly caps: readonly ConfidenceCap[];
  /** The photo shows fresh or earlier pigment work. */
  readonly existingWork?: 'fresh' | 'healed';
}

export type Flag =
  | 'blueRisk'
  | 'expiredLot'
  | 'noLot'
  | 'discontinued'
  | 'notDilutable'
  | 'beyondRange'
  | 'missingRegulatory'
  | 'beyondVisibility'
  | 'undertoneHidden'
  | 'metamerism'
  | 'edgeOfRange'
  | 'needsMoreDensity'
  | 'existingWork'
  | 'learnedCorrection';

export interface FlagReason {
  readonly flag: Flag;
  readonly reason: string;
}

export interface MatchDilution {
  readonly partsDiluent: number;
  readonly pigmentDrops: number;
  readonly diluentDrops: number;
  readonly pigmentMl: number;
  readonly diluentMl: number;
  readonly cupMl: number;
  readonly makesMl: number;
  readonly ratioErrorPercent: number;
  /** Difference the whole drops make to the healed area. */
  readonly ratioErrorDeltaE00: number;
  /** Code of an approved sterile diluent, or null where none is needed or named. */
  readonly diluent: string | null;
  readonly note: string | null;
}

export interface MatchRecommendation {
  readonly code: string;
  readonly name: string;
  readonly catalog: { readonly id: string; readonly version: number };
  readonly dilution: MatchDilution;
  readonly predicted: {
    readonly healed: Lab65;
    readonly fresh: Lab65;
    readonly dot: Lab65;
    readonly aged: { readonly years: number; readonly lightest: Lab65; readonly darkest: Lab65 };
  };
  readonly deltaE00: number;
  readonly deltaL: number;
  readonly words: string;
  /** Probability that this shade is the best of all candidates, from the seeded draw. */
  readonly probability?: number;
  /** Probability that it is among the best three. */
  readonly probabilityTopThree?: number;
  readonly flags: readonly Flag[];
  readonly flagReasons: readonly FlagReason[];
  readonly basis: PigmentBasis;
  readonly mixWith?: { readonly code: string; readonly name: string; readonly drops: number };
}

/** A better density for the same diameter, when density and not the shade is the limit. */
export interface DensityAdvice {
  readonly densityPerCm2: number;
  /** Predicted healed area against the target at that density. */
  readonly deltaE00: number;
  readonly words: string;
}

export interface Confidence {
  readonly level: 'high' | 'medium' | 'low' | 'none';
  readonly reasons: readonly string[];
  readonly next: string;
}

export type Outcome = 'match' | 'tooCloseToCall' | 'noGoodMatch';

export interface MatchOutput {
  readonly recommendations: readonly MatchRecommendation[];
  readonly sessions: readonly SessionStep[];
  readonly why: readonly string[];
  readonly confidence: Confidence;
  readonly outcome: Outcome;
  readonly densityAdvice: DensityAdvice | null;
}
