import type { Shown } from './shown.ts';

/** Why a shade was recommended, what speaks against it, what the target is, sessions and drops. */
export const matchingTexts = {
  oneDropDoesNotFit: (cupMl: Shown, largerMl: Shown) =>
    `One drop of pigment does not fit a ${cupMl} ml cup; use a ${largerMl} ml cup.`,
  mlCup: (cupMl: Shown) => `${cupMl} ml cup`,
  wholeDropsDoNotFit: (wanted: Shown, ownCup: Shown, cupMl: Shown) =>
    `${wanted} in whole drops does not fit a ${ownCup}; use a ${cupMl} ml cup.`,
  wholeDropsComeNoCloser: (wanted: Shown, off: Shown, isWeaker: boolean) =>
    `Whole drops come no closer to ${wanted} than ${off} % ${isWeaker ? 'weaker' : 'stronger'}; measure in ml with a syringe for the exact ratio.`,
  oneDropNeedsLargerCup: (wanted: Shown, volumeMl: Shown, ownCup: Shown, cupMl: Shown) =>
    `${wanted} needs ${volumeMl} ml for one drop of pigment and does not fit a ${ownCup}; use a ${cupMl} ml cup or measure in ml.`,
  hairIsNoDarkerThanSkin: 'This hair is no darker than the skin: pigment can only darken, so no shade can imitate it.',
  recipeAsBottled: (shade: Shown) => `${shade} as bottled`,
  recipeAt: (shade: Shown, ratio: Shown) => `${shade} at ${ratio}`,
  mixAt: (shade: Shown, partner: Shown, drops: Shown, ratio: Shown) => `${shade} and ${partner} ${drops} at ${ratio}`,
  comparedWithSkinAround: (words: Shown) => `${words} than the skin around it`,
  likeSkinAround: 'hardly different from the skin around it',
  targetArea: (how: Shown, area: Shown, skin: Shown) =>
    `The target area is ${how} (target ${area}; skin region ${skin}).`,
  healedBesideTheTarget: (top: Shown, words: Shown, deltaE00: Shown, densityPerCm2: Shown, diameterMm: Shown) =>
    `${top}, healed, beside the target: ${words} (ΔE00 ${deltaE00}, predicted for ${densityPerCm2} dots per cm² of ${diameterMm} mm).`,
  theSameAs: 'the same as',
  comparedWithDot: (words: Shown) => `${words} than`,
  oneDotFromHalfAMetre: (how: Shown, difference: Shown) =>
    `From half a metre one dot looks ${how} one stub of this hair (ΔE00 ${difference}).`,
  usedAsBottled: (shade: Shown) => `${shade} is used as bottled: its line is not made to be thinned.`,
  everydayMix: (typicalParts: Shown) => `, everyday mix ${typicalParts}`,
  insideWhatMakerAllows: (partsDiluent: Shown, shade: Shown, minParts: Shown, maxParts: Shown, usual: Shown) =>
    `${partsDiluent} lies inside what the maker allows for ${shade} (${minParts} to ${maxParts}${usual}).`,
  dotsComparedWith: (words: Shown, code: Shown) => `dots ${words} than with ${code}.`,
  sameAtEndOfRange: 'the same colour, but only at the end of its range, with no room to adjust.',
  nearlySameColour: (code: Shown) => `nearly the same colour, farther from its everyday mix than ${code}.`,
  otherDensity: (densityPerCm2: number, densityNow: number, closeness: Shown) =>
    `With about ${densityPerCm2} dots per cm² instead of ${densityNow} the healed area would be ${closeness}: ${densityPerCm2 > densityNow ? 'needs more density' : 'fewer dots do'}.`,
  dotsAreDark: 'the dots are dark',
  theyLieDeep: 'they lie deep',
  theyStandDense: 'they stand dense',
  mayHealBluish: (others: Shown) =>
    `May heal bluish: the colour is cool under this skin and ${others}. Keep the dots shallow and start with the weaker session mix.`,
  everyLotExpired: (code: Shown) => `Every lot of ${code} on record has expired. Do not use it; order a new lot.`,
  noLotOnRecord: (code: Shown) => `No lot of ${code} is on record. Enter the lot from the bottle before use.`,
  cannotBeThinnedCloser: (code: Shown) => `${code} is ready to use and cannot be thinned to a closer tone.`,
  closestMixOutsideRange: (isStronger: boolean, code: Shown, minParts: Shown, maxParts: Shown) =>
    `The closest mix would be ${isStronger ? 'stronger' : 'weaker'} than ${code} allows (${minParts} to ${maxParts}).`,
  mixAtEdgeOfRange: (partsDiluent: Shown, isStrongest: boolean, code: Shown) =>
    `${partsDiluent} is the ${isStrongest ? 'strongest' : 'weakest'} mix allowed for ${code}; there is no room to adjust.`,
  noLabelStatements: (shade: Shown) => `No label statements are on record for ${shade}.`,
  labelDataIncomplete: (shade: Shown, gaps: Shown) => `Label data of ${shade} is incomplete: ${gaps}.`,
  labelLacks: (region: Shown, missing: Shown) => `${region} lacks ${missing}`,
  healedDotsHardlySeen: (partsDiluent: Shown) =>
    `At ${partsDiluent} healed dots can hardly be told from this skin; a weaker mix would change nothing that is seen.`,
  knownByDarkSwatchOnly: (shade: Shown) =>
    `${shade} is known only by a dark swatch, which hides its undertone: black is assumed and the hue may differ.`,
  differsInOtherLight:
    'Matches in daylight but differs visibly under tungsten or office light. Check a patch in the client’s usual light.',
  moreDensityNeeded: (densityPerCm2: Shown, diameterMm: Shown) =>
    `${densityPerCm2} dots per cm² of ${diameterMm} mm cannot reach the tone of this hair without dots darker than its stubble: more density is needed, not a darker mix.`,
  freshWorkIsInThePhoto: 'Fresh work is in the photo: it looks darker than it will heal. Match again after 28 days.',
  earlierWorkIsInThePhoto: 'Earlier work is in the photo: the new dots add to it.',
  dotsOfAnEarlierSessionLie: 'Dots of an earlier session lie in this skin: the new dots add to them.',
  healedResultsOf: (cases: number, ofShade: boolean, shade: Shown) =>
    `${cases} healed result${cases === 1 ? '' : 's'} ${ofShade ? `with ${shade}` : 'of your studio'}`,
  healedResultsRan: (whose: Shown, isDarker: boolean, shade: Shown, factor: Shown, deltaL: Shown) => {
    const run = isDarker ? 'darker' : 'lighter';
    return `${whose} ran ${run} than predicted, so ${shade} counts as ${factor} times its strength: ${deltaL} L* ${run} here. Learning can switch this off.`;
  },
  shadeCannotBeUsed: (shade: Shown, catalog: Shown, why: Shown) =>
    `Shade ${shade} of ${catalog} cannot be used: ${why} Correct the value and publish the catalog again.`,
  itsReplacementIs: (replacement: Shown) => ` Its replacement is ${replacement}.`,
  closeButDiscontinued: (shade: Shown, shadeName: Shown, instead: Shown) =>
    `${shade} (${shadeName}) would come close but is discontinued and is not suggested.${instead}`,
  lookForInSession1:
    'A colour test on part of the area. Before session 2 wait until redness and scabs are gone, at least 10 days: go on when the healed dots are no darker and no bluer than the stubble; if they are, stay at this strength.',
  lookForInSession2:
    'Fill between the first dots. Before session 3 look in daylight from half a metre: dots that merge or read darker than the stubble mean keeping this strength; pale dots mean going on.',
  lookForInSession3:
    'Complete the density at the matched strength. Match again on a new photo after 28 days or more, before anything is added.',
  lighterShadeInSession: (shade: Shown, stage: Shown, lighter: Shown, lighterName: Shown) =>
    `${shade} cannot be thinned, so session ${stage} uses the lighter ${lighter} (${lighterName}).`,
  asStrongNotThinned: (shade: Shown) => `As strong as the next session: ${shade} cannot be thinned. Set fewer dots.`,
  asStrongWeakestMix: (parts: Shown, shade: Shown) =>
    `As strong as the next session: ${parts} is the weakest mix allowed for ${shade}. Set fewer dots.`,
  nothingToMatch:
    'No hair could be measured, so there is nothing to match. Choose the hair colour, or mark a patch of stubble, eyebrow or beard.',
  shareOfHairIsGrey: (share: Shown) =>
    ` About ${share} % of the hair is grey: the target lies between the dark and the grey hairs, as the eye mixes them at a distance.`,
  targetIsHairShavedShort:
    'The hair in the marked area is longer or denser than the fresh shave that SMP imitates, so the target is that hair shaved short on this skin.',
  targetIsStubble:
    'The target is the stubble in the marked hair area as it looks on this skin: treated skin should look like it once healed.',
  targetIsEarlierWork:
    'The target is the earlier work in the marked area as it looks on this skin: new dots should not be told from it once healed.',
  itsDotsAreBluish:
    ' Its dots are bluish: bluer than neutral pigment as dark would look in this skin. Matching them repeats that; a warmer shade, or removing them first, is for you and the client to decide.',
  colourOfEyebrows: 'The colour is that of the eyebrows, which are often darker than the hair of the head was',
  colourOfBeard: 'The colour is that of the beard, which is often redder or greyer than the hair of the head was',
  hairColourChosen: 'The hair colour was chosen instead of measured',
  noHairMeasured: 'No hair could be measured',
  targetIsChosenColour: (reason: Shown, chosen: Shown) =>
    `${reason}. The target is the chosen colour, ${chosen}, shaved to half a millimetre on this skin; check it against the eyebrows or beard.`,
  targetIsLongerHair: (name: Shown) =>
    `The hair is longer than the stubble that SMP imitates; the target is ${name} hair of the measured colour, shaved to half a millimetre on this skin.`,
  targetIsHairElsewhere: (where: Shown, name: Shown) =>
    `${where}; the target is ${name} hair of that colour, shaved to half a millimetre on this skin. Ask what colour the hair was.`,
  addDropsOf: (note: Shown, added: number, partner: Shown) =>
    `${note} Add ${added} drop${added === 1 ? '' : 's'} of ${partner}.`,
} as const;
