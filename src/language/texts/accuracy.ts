import type { Shown } from './shown.ts';

/** How accurate Stipple is: what was measured, and what it means. */
export const accuracyTexts = {
  skinWithCardWhiteSpotNothing: 'Skin with card / white spot / nothing in the photo, rendered scenes, median',
  cardBesideTheHeadHelps:
    'A card beside the head helps more than anything else; without any reference the error is easy to see.',
  stubbleAsItLooks: 'Stubble as it looks, with a card, rendered scenes, median',
  hairIsDarkerThanTheCards:
    'Hair is darker than the card’s skin patches and made of parts, so it is known a little less well than skin.',
  colourCardsFoundInRenderedPoses: 'Colour cards found in rendered poses; worst corner',
  cardsFoundOf: (cardsFound: Shown, cardsVisible: Shown, cardsWrongWay: Shown, cornerWorst: Shown) =>
    `${cardsFound} of ${cardsVisible}, ${cardsWrongWay} the wrong way round; ${cornerWorst} % of the diagonal`,
  wholeCardIsFoundWherever: 'A whole card is found wherever it lies. One that is cut off or hidden is refused.',
  photosOfGenuineCards: 'Photos of genuine cards, patches kept out of the fit',
  whatRealCamerasAndRealLights: 'What real cameras and real lights leave over.',
  skinAndHairInBoxesPlaced: 'Skin and hair in boxes placed by hand on real photos, named right',
  nowAndThenAPlace: 'Now and then a place is taken for something else: look at the regions and correct them.',
  stubbleInRenderedScenes: 'Stubble in rendered scenes, median: colour from a distance, single hair, cover',
  darkStubbleIsReadWell: 'Dark stubble is read well. Light hair on fair skin is read far worse than this.',
  trueColourInsideTheStated80:
    'True colour inside the stated 80 % region, skin and hair; skin of the class where it is least',
  howFarTheStatedUncertaintyCan:
    'How far the stated uncertainty can be believed: 80 % would be exactly right, less means that it promises too much.',
  healedAreaOfDotsAgainst: 'Healed area of dots against an independent simulation of light in skin',
  healedErrors: (healedMedian: Shown, healedWorst: Shown, halftoneLeast: Shown, halftoneMost: Shown) =>
    `median ${healedMedian}, worst ${healedWorst} ΔE00 (print’s halftone law: ${halftoneLeast}–${halftoneMost})`,
  lightIsComputedRight:
    'The light is computed right. Whether a hand, a needle and a healing skin do what is assumed is another question.',
  knownShadeFoundAgainWith1: 'Known shade found again with 1 Lab unit of noise; its ratio, median',
  givenTheRightColours: 'Given the right colours, the right shade follows.',
  likeliestShadeIsTheBestOne: 'Likeliest shade is the best one, simulated matches: said and true',
  neighbouringShadesOftenServeAsWell:
    'Neighbouring shades often serve as well, so the first is often not the only good one. Confidence is meant to say so.',
  measuredOn: (measuredOn: Shown) => `| measured on ${measuredOn} | |`,
  meanAndP90: (heldOutMean: Shown, heldOutP90: Shown) => `mean ${heldOutMean}, 90 % within ${heldOutP90} ΔE00`,
  and: (one: Shown, other: Shown) => `${one} and ${other}`,
  stubbleErrors: (stubbleApparent: Shown, stubbleFibre: Shown, stubbleCoverage: Shown) =>
    `${stubbleApparent} ΔE00, ${stubbleFibre} ΔE00, ${stubbleCoverage} points`,
  heldShares: (skin: Shown, hair: Shown, leastSkin: Shown) => `${skin} and ${hair}; ${leastSkin}`,
  foundWithin: (shadesFound: Shown, ratioError: Shown) => `${shadesFound}; within ${ratioError}`,
} as const;
