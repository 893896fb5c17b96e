/** What each error says where its place says nothing nearer: what, why, what next. */
export const errorsTexts = {
  SMP_UPLOAD_MISSING: 'No photo was sent. Choose a photo and try again.',
  SMP_UPLOAD_EMPTY: 'The selected file is empty. Choose the photo again.',
  SMP_UPLOAD_TOO_LARGE:
    'The selected file must be smaller than 25 MB. Send the photo at its normal size, not as a raw file.',
  SMP_UPLOAD_SEVERAL: 'One photo at a time can be sent, in the field "photo". Choose one and try again.',
  SMP_UPLOAD_BROKEN: 'The upload stopped before it was complete. Check the connection and send the photo again.',
  SMP_PHOTO_TYPE: 'This file is not a photo Stipple can read. Use JPEG, PNG, WebP, TIFF, AVIF or HEIC.',
  SMP_PHOTO_NOT_FOUND: 'The photo could not be opened. Check the file name and that you may read it.',
  SMP_PHOTO_SVG: 'This is a drawing (SVG), not a photo. Choose the camera photo itself.',
  SMP_PHOTO_GIF: 'This is a GIF, which keeps too few colours to measure. Use the original camera photo.',
  SMP_PHOTO_RAW:
    'This is a camera raw file, which Stipple cannot develop. Save the photo as JPEG or TIFF and try again.',
  SMP_PHOTO_TRUNCATED: 'The photo is incomplete: its end is missing. Copy it from the phone again and retry.',
  SMP_PHOTO_CORRUPT: 'The photo is damaged and cannot be read. Copy it from the phone again or take a new one.',
  SMP_PHOTO_CMYK:
    'The photo is in CMYK, a printing format that has lost its skin colours. Use the original camera photo.',
  SMP_PHOTO_GREYSCALE: 'The photo is black and white, so no colour can be measured. Use a colour photo.',
  SMP_PHOTO_TOO_MANY_PIXELS: 'The photo has more than 60 million pixels. Send it at the camera’s normal size.',
  SMP_PHOTO_TOO_SMALL: 'The photo is too small to measure. Use one at least 200 pixels wide and high.',
  SMP_PHOTO_TIMEOUT: 'Reading the photo took too long and was stopped. Save it as JPEG and try again.',
  SMP_PHOTO_UNREADABLE:
    'The photo could not be read: the work on it broke off twice. Save it as JPEG at its normal size and try again.',
  SMP_INTERRUPTED:
    'Measuring stopped before it was done, perhaps because Stipple was restarted. The photo is kept: try again.',
  SMP_BUSY: 'Stipple is busy with other photos. Try again in a few seconds.',
  SMP_CARD_UNUSABLE:
    'No usable colour card was found in the photo. Put the whole card flat beside the head and retake it.',
  SMP_REGION_INVALID: 'A region must be four numbers x,y,width,height inside the photo.',
  SMP_OPTION_INVALID: 'An option has a value Stipple does not understand.',
  SMP_CATALOG_NOT_FOUND: 'There is no catalog with this name.',
  SMP_CATALOG_INVALID: 'The catalog has errors and was not used.',
  SMP_CATALOG_READ_ONLY: 'This catalog belongs to somebody else and cannot be changed here. Copy it to make changes.',
  SMP_CATALOG_CONFLICT:
    'Somebody has changed this catalog meanwhile. Nothing was lost: look at what changed and send yours again.',
  SMP_IMPORT_MISSING: 'No file was sent. Choose a file and try again.',
  SMP_IMPORT_TOO_LARGE:
    'The selected file must be smaller than 64 MB. Split it and import the parts one after another.',
  SMP_IMPORT_UNREADY: 'The file is still being checked. Wait for the check and publish then.',
  SMP_MEASUREMENT_OBSERVER:
    'A Lab value of the 10° observer cannot be turned into the 2° observer without its spectrum. Export 2° values or the spectrum.',
  SMP_NOT_FOUND: 'This page does not exist or was removed.',
  SMP_FORBIDDEN: 'This request came from another site and was refused.',
  SMP_SIGN_IN_NEEDED: 'Sign in to see this page.',
  SMP_NOT_ALLOWED: 'Your role does not allow this. Ask the owner of your organisation, who can change roles.',
  SMP_CHANGED_MEANWHILE:
    'Somebody else saved this meanwhile. Nothing of yours was stored; compare both and save again.',
  SMP_LINK_OVER: 'This link has ended. Ask the studio that sent it for a new one.',
  SMP_ANSWER_INCOMPLETE: 'Something is missing in your answer. Fill in what is marked and send it again.',
  SMP_ANSWERED: 'You have approved this already. To change it, write to or call your studio.',
  SMP_RATE_LIMITED: 'Too many requests in a short time. Wait a minute and try again.',
  SMP_PHOTO_STORE: 'The photo store did not answer. Nothing was lost; try again in a minute.',
  SMP_STORAGE:
    'Stipple cannot reach its records at the moment: its disk is full or its database is away. Nothing stored was lost; try again in a minute.',
  SMP_INTERNAL: 'Something went wrong in Stipple. Nothing was lost; try again.',
} as const;
