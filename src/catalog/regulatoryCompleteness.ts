import { catalogProblemsTexts } from '../language/texts/catalogProblems.ts';
import type { Shade } from './shade.ts';

type Region = Shade['regulatory'][number]['region'];

export interface RegulatoryCompleteness {
  readonly region: Region;
  /** Label statements that are not recorded, in plain words. */
  readonly missing: readonly string[];
  /** Statements recorded and required, of all that are asked for. */
  readonly recorded: number;
  readonly asked: number;
}

const STATEMENTS = {
  intendedUse: catalogProblemsTexts.intendedUseMixtureForUse,
  batchOnLabel: catalogProblemsTexts.batchReferenceOnTheLabel,
  ingredientsOnLabel: catalogProblemsTexts.ingredientsOnTheLabel,
  nickelStatement: catalogProblemsTexts.nickelStatement,
  chromiumStatement: 'chromium (VI) statement',
} as const;

/**
 * Which label statements are recorded for each region (EU: REACH Annex XVII entry 75; GB: its own restriction).
 * It tells what is on record and gives no legal advice. An empty ingredient list counts as missing.
 */
export function regulatoryCompleteness(shade: Pick<Shade, 'regulatory' | 'ingredients'>): RegulatoryCompleteness[] {
  return shade.regulatory.map((record) => {
    const missing: string[] = Object.entries(STATEMENTS)
      .filter(([field]) => record[field as keyof typeof STATEMENTS] === null)
      .map(([, words]) => words);
    if (shade.ingredients.length === 0) missing.push(catalogProblemsTexts.ingredientList);
    const asked = Object.keys(STATEMENTS).length + 1;
    return { region: record.region, missing, recorded: asked - missing.length, asked };
  });
}
