/**
 * Days and times of the technician's pages, whatever their language: as ISO 8601 writes them, because 03/04 is two days,
 * one each side of the Atlantic, and a record must not be read as the other. Clients read theirs in words (`localDay`).
 */
export function shownDay(iso: string): string {
  return iso.slice(0, 10);
}

/** To the minute, in UTC: people of one studio may sit in several zones. */
export function shownTime(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}
