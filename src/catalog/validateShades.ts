import { checkColourRules } from './checkColourRules.ts';
import { checkShadeRules, codeKey } from './checkShadeRules.ts';
import { formatPath, type Problem } from './problem.ts';
import { schemaProblems } from './schemaProblems.ts';
import { type Catalog, shadeSchema } from './shade.ts';

/**
 * Problems of a catalog in which some shades were changed and all others are as they were published: fields and colours
 * of the changed ones, and the rules between all of them.
 * @param today ISO date against which lots expire
 */
export function validateShades(
  catalog: Catalog,
  changed: readonly { readonly code: string }[],
  today: string,
): Problem[] {
  const keys = new Set(changed.map(({ code }) => codeKey(code)));
  const own = catalog.shades.flatMap((shade, at) => {
    if (!keys.has(codeKey(shade.code))) return [];
    const parsed = shadeSchema.safeParse(shade);
    if (parsed.success) return checkColourRules(parsed.data, at);
    const place = formatPath(['shades', at]);
    return schemaProblems(shade, parsed.error.issues).map((problem) => ({
      ...problem,
      path: `${place}.${problem.path}`,
    }));
  });
  return [...own, ...checkShadeRules(catalog, today)];
}
