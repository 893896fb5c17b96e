import type { Database } from './tables.ts';
import { createUlid } from './ulid.ts';

export interface AuditEvent {
  readonly organisationId: string | null;
  /** Who did it; null for the command line and for links opened by somebody not yet known. */
  readonly personId: string | null;
  /** What was done, as `person.disable`. Never a name or another personal datum. */
  readonly action: string;
  /** Id of the record it was done to. */
  readonly subjectId: string | null;
}

/** Records what somebody did. Give the transaction of the change itself, so that neither is stored without the other. */
export async function recordAudit(db: Database, event: AuditEvent, now: Date): Promise<void> {
  await db
    .insertInto('auditEvents')
    .values({ ...event, id: createUlid(now.getTime()), at: now.toISOString() })
    .execute();
}
