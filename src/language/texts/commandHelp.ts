import type { Shown } from './shown.ts';

/** The command line explained: each command's own page, and its options. */
export const commandHelpTexts = {
  backup: `stipple backup FILE
stipple restore FILE

Writes database and photos into one file that only you can read, or puts such a file onto an empty machine. Where they lie
comes from the environment, as for stipple serve. A backup may be made while the server runs; restore while it does not.
The file holds photos of heads: keep it as safe as the originals, and no longer than you promised your clients. What is
erased after a backup is still in that backup.
`,
  calibrateCheck: `stipple calibrate-check PHOTO [--json] [--card-reference FILE [--card-illuminant D50] [--card-observer 2]]

Finds the 24-patch colour card and prints CIEDE2000 of every patch as photographed, after correction, and when it is
predicted from the other patches, which is what the photo's own skin can expect. The file of a card of your own may be
CSV, CGATS or CxF with its 24 patches; illuminant and observer of Lab values are asked where it does not say them.
Exit: 0 usable card, 4 no usable card, 3 photo refused, 64 bad usage.
`,
  coloursOfThisVeryCard: 'colours of this very card: CSV, CGATS or CxF with its 24 patches',
  lightOfLabValues: 'light that its Lab values are for, where the file does not say',
  observerOfThem: 'observer they are for, where the file does not say',
  catalog: (exportFormats: Shown) => `stipple catalog validate FILE...                check files and name every problem
stipple catalog health ID|FILE                  spacing, duplicates, lot drift, doubtful conditions
stipple catalog diff ID|FILE NEWFILE            what importing NEWFILE would change; writes nothing
stipple catalog import ID|FILE NEWFILE --out CATALOG.json [--rejected ROWS.csv]
stipple catalog export ID|FILE --out FILE       format by ending: ${exportFormats}
stipple catalog template --out FILE.csv         an empty table with every column

Here ID is a bundled line. With --catalog the server's own catalogs are used, as the person NAME may (sign-in name):
stipple catalog health --catalog ID --as NAME
stipple catalog diff   --catalog ID --as NAME NEWFILE
stipple catalog import --catalog ID --as NAME NEWFILE [--publish --note TEXT] [--after VERSION] [--rejected ROWS.csv]
stipple catalog export --catalog ID --as NAME --out FILE [--version VERSION]
  --publish    make the accepted rows the next version; without it nothing is written. A file with rejected rows or open
               questions is not published unless --accepted-only says so
  --after      publish only if this is still the latest version
The database is the one the server uses (DATA_DIR or DATABASE_URL).

Files may be JSON, CSV, CxF3, CGATS (.ti3), ASE, ACO or GPL. What a file does not say is asked, never assumed:
  --illuminant D65|D50|A|C|F2|F11   --observer 2|10   --geometry "d/8 SCI"|"d/8 SCE"|45/0   --substrate TEXT
An import deletes nothing: rows and columns that are absent stay as they are.
  --json   one JSON line

Exit: 0 no errors, 1 errors or rejected rows, 64 bad usage.
`,
  erase: `stipple erase PERSON [--yes] [--json]

Erases a client: alias, consultations, photos, previews, links and answers. PERSON is the alias or the id; an alias that
several clients have is refused with their ids. Says what goes and asks; --yes does not ask.
The database and photos are those the server uses (DATA_DIR, DATABASE_URL, S3_...). Backups made before keep the old state.

Exit: 0 erased, 1 not found, several or not confirmed, 64 bad usage.
`,
  catalogToSearch: 'catalog to search: a bundled id such as demo-ash, or a catalog file (default: all)',
  bareSkinInPixels: 'bare skin, in pixels of the upright photo; may be repeated',
  hairOrStubble: 'hair or stubble; may be repeated',
  neverMeasuredMayBeRepeated: 'never measured; may be repeated',
  paintedAreas: 'painted areas on a grid over the photo, such as 4x3:2s.5h4a (s skin, h hair, a avoid)',
  refuseWithoutCard: 'classic24 refuses a photo without a usable card (default: auto)',
  sizeOfCard: 'its size, which gives the scale in mm',
  cornersOfCard: 'outer corners of the corner patches, where the card is not found by itself',
  pointOnAWhite: 'a point on a white or grey card or a sheet of paper',
  whatPointLiesOn: 'what that point lies on (default: white)',
  whatHairAreaShows: 'what the hair area shows (default: scalp); smp is earlier work to match',
  chosenInsteadOfMeasured:
    'chosen instead of measured: black, darkBrown, mediumBrown, lightBrown, red, darkBlond,\nlightBlond, grey or white',
  asAskedFromTheClient: 'as asked from the client',
  cupSizeDefault: 'cup size (default: 1.5)',
  volumeOfOneDropOfPigment: 'volume of one drop of pigment (assumed: 0.05)',
  volumeOfOneDropOfSterile: 'volume of one drop of sterile diluent (assumed: 0.05)',
  matchDots: 'dots per cm² (default: 100)',
  matchDiameter: 'healed dot diameter (default: 0.30)',
  factorOfStrength: `studio calibration: factor on every pigment's strength`,
  depthOfPigment: 'studio calibration: depth of the pigment below the epidermis',
  whatResultsTaught: 'what N healed results taught about a shade (* for every other); may be repeated',
  labelStatementsToCheck: 'whose label statements to check (default: all on record)',
  dayToCheckLots: 'day to check lots against (default: today)',
  photosAreOfOneClient: 'the photos are of one client: one result from all, odd ones left out and named',
  oneJsonLineAPhoto: 'one JSON line a photo on standard output',
  photoWithRegions: 'the photo with the regions drawn on it (one photo only)',
  labelPicture: '8-bit labels: 0 other, 1 skin, 2 hair, 3 avoid (one photo only)',
  reportToPrint: 'the report to print or to keep (one photo only)',
  match: (options: Shown) => `stipple match PHOTO... [options]

Measures skin and hair in each photo and recommends a shade with its dilution.

${options}

Exit: 0 match, 2 no good match, 3 photo refused, 4 card asked for and unusable, 64 bad usage, 1 anything else.
`,
  colourOfTheBareSkin: 'colour of the bare skin',
  shadeOfACatalog: 'a shade of a catalog',
  catalogToLookItUp: 'the catalog to look it up in (default: all)',
  partsOfDiluentToOnePart: 'parts of diluent to one part of pigment',
  predictDots: (densityPerCm2: Shown) => `dots per cm² (default: ${densityPerCm2})`,
  predictDiameter: (diameterMm: Shown) => `healed dot diameter (default: ${diameterMm})`,
  depthBelowTheEpidermisDefault: 'depth below the epidermis (default: 0.05)',
  shareOfThePigmentKept: (healedFraction: Shown) =>
    `share of the pigment kept, 1 is fresh (default: ${healedFraction})`,
  yearsSinceHealingDefault: 'years since healing (default: 0)',
  lightOfColours: `light the colours are seen in, with that light's own white (default: D65)`,
  oneJsonLineInsteadOfText: 'one JSON line instead of text',
  predict: (options: Shown) => `stipple predict --skin L,a,b (--shade CODE | --pigment FILE) --parts N [options]

How a pigment looks once healed on a skin (CIELAB D65/2°).

${options}
`,
  preview: `stipple preview PHOTO --result FILE --out FILE.png [options]

Draws the dots of a recommendation on the photo. FILE is what stipple match --json printed for it. Every picture says
"Simulation". A range (aged, or a scar) is two pictures: FILE-lightest.png and FILE-darkest.png.

  --shade CODE           a shade of the result (default: the first)
  --parts N              parts of diluent (default: the recipe of the session)
  --palette ID|FILE      the catalog of the shade (default: all)
  --density light|medium|full    medium is what the recommendation was worked out for
  --stage fresh|healed|aged      aged: three years after healing (default: healed)
  --session 1|2|3        after this session (default: 3)
  --light d65|a|led|office|bathroom
  --treatment shaved|hairline|density|scar
  --mask TEXT            where dots go: auto, hairline, temples, crown or none, then shapes
  --seed N               another seed sets other dots (default: 1)
  --mirror               left and right exchanged
  --card-type classic|mini|passport|nano   size of the card in the photo, which gives the scale
  --strength F, --gap MM as given to stipple match
`,
  all: (engine: Shown) => `stipple ${engine}: shade and dilution for scalp micropigmentation, measured from a photo

Commands
  match PHOTO...             measure photos and recommend a shade
  calibrate-check PHOTO      find the colour card and show its error before and after correction
  predict --skin L,a,b ...   how a pigment looks once healed on a skin
  preview PHOTO ...          draw the recommended dots on the photo
  catalog VERB ...           validate, health, diff, import, export or template of catalogs, files or the server's
  backup FILE                write database and photos into one file, while the server runs
  restore FILE               put a backup onto an empty machine
  erase PERSON               erase a client with photos, links and names
  user VERB ...              add, list, disable, enable or reset the people who sign in
  serve                      start the web application
  help [COMMAND]             this text, or a command's own

`,
  serve: 'stipple serve\n\nStarts the web application; settings come from the environment (see README).\n',
  user: `stipple user add --organisation NAME --kind studio|supplier [--role ROLE] [--for TEXT]
                                invites somebody; the organisation is made when there is none of this name and kind
stipple user list               everybody with an account, by organisation
stipple user disable NAME       close an account; its sign-ins and API tokens end at once
stipple user enable NAME        open it again
stipple user reset NAME         a link with which the person sets a new password

Roles of a studio: owner, technician. Roles of a supplier: owner, publisher, supplierEditor. Without --role: owner.
NAME is the sign-in name. Links work once and are printed, never sent; a password is never typed here.
The database is the one the server uses (DATA_DIR or DATABASE_URL). --json prints one JSON line.

Exit: 0 done, 1 not possible, 64 bad usage.
`,
} as const;
