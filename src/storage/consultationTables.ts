import type { ColumnType } from 'kysely';

/** Written once when the row is made; an UPDATE of it does not compile. */
type Fixed<T> = ColumnType<T, T, never>;

/** What a studio has decided for itself: flags asked of clients, retention, learning. */
export interface StudioPoliciesTable {
  organisationId: Fixed<string>;
  policyJson: string;
  updatedAt: string;
}

export interface ClientsTable {
  id: Fixed<string>;
  organisationId: Fixed<string>;
  alias: string;
  /** The alias as it is looked up: lower case, without accents. */
  aliasKey: string;
  createdAt: Fixed<string>;
  updatedAt: string;
}

export interface ConsultationsTable {
  id: Fixed<string>;
  organisationId: Fixed<string>;
  clientId: Fixed<string>;
  /** The consultation this one repeats as its next session. */
  previousId: Fixed<string | null>;
  /** Counts changes, so that two people who edit at once cannot overwrite each other. */
  revision: number;
  status: string;
  statusAt: string;
  /** What the client asked to change. */
  changesNote: string | null;
  session: number;
  goal: string | null;
  pattern: string | null;
  fitzpatrick: number | null;
  skinNotes: string;
  scarNotes: string;
  expectations: string;
  sessionNotes: string;
  /** ISO day of the session itself. */
  treatedOn: string | null;
  /** The mix that is or was used; see app/consultations/recipe.ts. */
  recipeJson: string | null;
  technicianId: string;
  technicianName: string;
  shadeText: string | null;
  thumbMatchId: string | null;
  createdAt: Fixed<string>;
  updatedAt: string;
}

export interface ConsultationWordsTable {
  organisationId: Fixed<string>;
  word: Fixed<string>;
  consultationId: Fixed<string>;
}

/** What was decided about one contraindication of one consultation; the flag's words are kept as they were then. */
export interface FlagDecisionsTable {
  consultationId: Fixed<string>;
  flagId: Fixed<string>;
  flagText: string;
  level: string;
  decision: string;
  note: string;
  decidedByName: string;
  decidedAt: string;
}

/** A healed result beside what was predicted. What points to a person is set to null when the person is erased. */
export interface FollowUpsTable {
  id: Fixed<string>;
  organisationId: Fixed<string>;
  consultationId: Fixed<string | null>;
  matchId: Fixed<string | null>;
  technicianId: Fixed<string>;
  catalogId: Fixed<string>;
  code: Fixed<string>;
  lot: Fixed<string | null>;
  partsDiluent: Fixed<number>;
  densityPerCm2: Fixed<number>;
  diameterMm: Fixed<number>;
  /** Days from the session to the photo. */
  healedDays: Fixed<number>;
  /** ln of the strength that explains the healed area over the one predicted with, and its standard error. */
  logStrength: Fixed<number>;
  logStrengthSd: Fixed<number>;
  /** Measured minus predicted L* of the area; negative is darker. */
  deltaL: Fixed<number>;
  deltaE00: Fixed<number>;
  dotDeltaE00: Fixed<number | null>;
  /** 1 when it is learned from, 0 when somebody took it out. */
  counts: number;
  createdAt: Fixed<string>;
}

export interface ConsultationTables {
  studioPolicies: StudioPoliciesTable;
  clients: ClientsTable;
  consultations: ConsultationsTable;
  consultationWords: ConsultationWordsTable;
  flagDecisions: FlagDecisionsTable;
  followUps: FollowUpsTable;
}
