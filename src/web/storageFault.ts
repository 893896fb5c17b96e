/** Disk full, gone or not to be written, as Node and SQLite say it; PostgreSQL restarting, full, out of connections, or two writes that waited for each other, as SQLSTATE says it. */
const CODES =
  /^(ENOSPC|EDQUOT|EROFS|EACCES|EPERM|EIO|EMFILE|ENFILE|ECONNREFUSED|ECONNRESET|EPIPE|57P0[1-5]|08\w{3}|53\w{3}|25006|40001|40P01|SQLITE_(FULL|READONLY|IOERR|BUSY|CANTOPEN)\w*)$/;
/** What the PostgreSQL client says without a code. */
const SENTENCES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;
const DEEPEST = 5;

/** Whether an error, or what caused it, is a disk or database that does not do its work at the moment. */
export function isStorageFault(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > DEEPEST) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && CODES.test(code)) return true;
  return SENTENCES.test(error.message) || isStorageFault(error.cause, depth + 1);
}
