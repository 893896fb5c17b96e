import { D65_WHITE } from '../../colour/xyzLab.ts';
import { photoChecksTexts } from '../../language/texts/photoChecks.ts';
import { photoFilesTexts } from '../../language/texts/photoFiles.ts';
import {
  buildToSrgb,
  buildToSrgbFromPcs,
  type ColourEncoding,
  isSameMatrix,
  isSrgbCurve,
  primariesToXyz,
  SRGB_ENCODING,
} from './colourEncoding.ts';
import type { DecodeNote } from './decodeNote.ts';
import { nclxEncoding } from './nclxEncoding.ts';
import { parseIccProfile } from './parseIccProfile.ts';
import { readExifColourSpace } from './readExifColourSpace.ts';
import type { HeifFacts } from './readHeifBoxes.ts';

/** What a file says about its colours. */
export interface StatedColour {
  readonly icc?: Uint8Array | undefined;
  readonly exif?: Uint8Array | undefined;
  readonly nclx: HeifFacts['nclx'];
}

export interface ResolvedEncoding {
  readonly encoding: ColourEncoding;
  /** Shown to people. */
  readonly profile: string;
  readonly note: DecodeNote;
  /** The profile needs a colour engine: convert the pixels to sRGB first, then read them by `encoding`. */
  readonly needsConversion: boolean;
}

export const ASSUMED_PROFILE = 'none (sRGB assumed)';
const NOTHING_TO_DO = photoChecksTexts.nothingToDo;

/** Adobe RGB (1998), 2005-05 edition §4.3.1: its primaries and gamma 563/256. */
const ADOBE_CURVE = (v: number): number => v ** (563 / 256);
const ADOBE_RGB: ColourEncoding = {
  curves: [ADOBE_CURVE, ADOBE_CURVE, ADOBE_CURVE],
  toSrgb: buildToSrgb(
    primariesToXyz(
      [
        [0.64, 0.33],
        [0.21, 0.71],
        [0.15, 0.06],
      ],
      D65_WHITE,
    ),
  ),
};

/** Screens and editors embed Display P3 under names of their own; people know this one. */
const DISPLAY_P3 = nclxEncoding(12, 13);

function stated(encoding: ColourEncoding, profile: string): ResolvedEncoding {
  const message = photoFilesTexts.profileStated(profile);
  return {
    encoding,
    profile,
    needsConversion: false,
    note: { check: 'profile', level: 'ok', message, fix: NOTHING_TO_DO },
  };
}

function resolveWithoutIcc(colour: StatedColour): ResolvedEncoding {
  if (colour.nclx !== null && colour.nclx.primaries !== 2) {
    const encoding = nclxEncoding(colour.nclx.primaries, colour.nclx.transfer);
    if (encoding.exact) return stated(encoding, encoding.name);
    return {
      ...stated(encoding, encoding.name),
      note: {
        check: 'profile',
        level: 'warn',
        message: photoFilesTexts.highDynamicRange,
        fix: photoFilesTexts.switchHdrOff,
      },
    };
  }
  const exif = readExifColourSpace(colour.exif);
  if (exif === 'sRGB') return stated(SRGB_ENCODING, 'sRGB');
  if (exif === 'Adobe RGB') return stated(ADOBE_RGB, 'Adobe RGB');
  return {
    encoding: SRGB_ENCODING,
    profile: ASSUMED_PROFILE,
    needsConversion: false,
    note: {
      check: 'profile',
      level: 'warn',
      message: photoFilesTexts.noProfile,
      fix: photoFilesTexts.notAScreenshot,
    },
  };
}

/**
 * Decides how to read a photo's numbers: its ICC profile, else the colour numbers of its HEIF boxes, else what EXIF says
 * (DCF: sRGB or Adobe RGB), else sRGB with a note.
 */
export function resolveEncoding(colour: StatedColour): ResolvedEncoding {
  if (colour.icc === undefined) return resolveWithoutIcc(colour);
  const icc = parseIccProfile(colour.icc);
  if (icc === null) {
    const fallback = resolveWithoutIcc(colour);
    return {
      ...fallback,
      note: {
        check: 'profile',
        level: 'warn',
        message: photoFilesTexts.profileDamaged(fallback.profile === ASSUMED_PROFILE ? 'sRGB' : fallback.profile),
        fix: photoFilesTexts.notAnEditedCopy,
      },
    };
  }
  if (icc.kind === 'table') {
    return {
      encoding: SRGB_ENCODING,
      profile: icc.name,
      needsConversion: true,
      note: {
        check: 'profile',
        level: 'warn',
        message: photoFilesTexts.profileReadApproximately(icc.name),
        fix: photoFilesTexts.saveAsSrgb,
      },
    };
  }
  const toSrgb = buildToSrgbFromPcs(icc.toXyzD50);
  if (toSrgb === null && icc.curves.every(isSrgbCurve)) return stated(SRGB_ENCODING, 'sRGB');
  const isDisplayP3 = toSrgb !== null && isSameMatrix(toSrgb, DISPLAY_P3.toSrgb!) && icc.curves.every(isSrgbCurve);
  return stated({ curves: icc.curves, toSrgb }, isDisplayP3 ? DISPLAY_P3.name : icc.name);
}
