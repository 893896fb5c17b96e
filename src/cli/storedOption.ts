import { StippleError } from '../errors.ts';
import { commandLineTexts } from '../language/texts/commandLine.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
/** Options of commands on the server's own catalogs, as `parseArgs` takes them. */
export const STORED_OPTIONS = {
  catalog: text,
  as: text,
  note: text,
  after: text,
  version: text,
  publish: flag,
  'accepted-only': flag,
} as const;

/** What is asked of the server's own catalogs. */
export interface StoredAsked {
  readonly catalog: string;
  readonly as: string;
  readonly note: string;
  readonly after: number | null;
  readonly version: number | null;
  readonly publish: boolean;
  readonly acceptedOnly: boolean;
  readonly env: NodeJS.ProcessEnv;
}

const wrong = (sentence: string) => new StippleError('SMP_OPTION_INVALID', sentence);

type Values = { readonly [Name in keyof typeof STORED_OPTIONS]?: string | boolean | undefined };

/** A version number of an option, null when it is not given. */
function versionOf(values: Values, name: 'after' | 'version'): number | null {
  const given = values[name];
  if (given === undefined) return null;
  if (!/^\d{1,6}$/.test(String(given))) throw wrong(commandLineTexts.takesVersionNumber(name));
  return Number(given);
}

/** What the options ask of the server's catalogs; null without --catalog. @throws StippleError SMP_OPTION_INVALID */
export function storedOf(values: Values, env: NodeJS.ProcessEnv): StoredAsked | null {
  if (values.catalog === undefined) {
    const alone = (['as', 'publish', 'note', 'after', 'version', 'accepted-only'] as const).find(
      (name) => values[name],
    );
    if (alone) throw wrong(commandLineTexts.goesWithCatalog(alone));
    return null;
  }
  if (values.as === undefined) throw wrong(commandLineTexts.sayWhoDoesThis);
  if (values.publish && !values.note) throw wrong(commandLineTexts.sayWhatChanges);
  return {
    catalog: String(values.catalog),
    as: String(values.as),
    note: String(values.note ?? ''),
    after: versionOf(values, 'after'),
    version: versionOf(values, 'version'),
    publish: values.publish === true,
    acceptedOnly: values['accepted-only'] === true,
    env,
  };
}
