import { catalogProblemsTexts } from '../language/texts/catalogProblems.ts';
import { checkColourRules } from './checkColourRules.ts';
import { checkShadeRules } from './checkShadeRules.ts';
import { type Problem, warningAt } from './problem.ts';
import { schemaProblems } from './schemaProblems.ts';
import { type Catalog, catalogSchema } from './shade.ts';

export interface CatalogValidation {
  /** Present only without errors. */
  readonly catalog?: Catalog;
  readonly problems: readonly Problem[];
}

/**
 * Checks a catalog's fields and then the rules across them. Warnings leave the catalog usable.
 * @param options.today ISO date against which lots expire; without it expiry is not judged.
 */
export function validateCatalog(value: unknown, options: { today?: string } = {}): CatalogValidation {
  const parsed = catalogSchema.safeParse(value);
  if (!parsed.success) return { problems: schemaProblems(value, parsed.error.issues) };
  const catalog = parsed.data;
  const problems = [
    ...checkShadeRules(catalog, options.today),
    ...catalog.shades.flatMap((shade, at) => checkColourRules(shade, at)),
  ];
  if (catalog.demonstration) {
    problems.push(
      warningAt(
        ['demonstration'],
        catalogProblemsTexts.fictionalValues,
        catalogProblemsTexts.valuesOfARealProduct,
        catalogProblemsTexts.useItToTryStipple,
      ),
    );
  }
  return problems.some((problem) => problem.level === 'error') ? { problems } : { catalog, problems };
}
