import type { Figures } from '../../src/app/accuracy/figures.ts';

export interface EvaluationContext {
  /** Folder of real photos and reference data, or null where it is not mounted. */
  readonly sharedDir: string | null;
}

export interface EvaluationReport {
  /** Lines to print as they are: a table with its units. */
  readonly lines: readonly string[];
  /** One sentence for every target missed; the run fails for any that is not listed as open in openTargets.ts. */
  readonly failures: readonly string[];
  /** What the README and the page "How Stipple decides" show, unrounded. */
  readonly figures?: Partial<Figures>;
}

/** One independent part of `npm run evaluate`. */
export interface EvaluationSection {
  readonly name: string;
  run(context: EvaluationContext): Promise<EvaluationReport>;
}
