import { type CatalogHealth, catalogHealth } from '../../catalog/catalogHealth.ts';
import type { Catalog } from '../../catalog/shade.ts';
import type { Services } from '../services.ts';
import { publishedText } from './currentCatalogs.ts';
import type { HealthTask } from './importTask.ts';
import { textBytes } from './textBytes.ts';

/** More shades than this are judged in a thread: 20,000 take seconds. */
const MOST_AT_ONCE = 1000;

/** The state of a published catalog today. */
export async function healthOf(services: Services, catalog: Catalog): Promise<CatalogHealth> {
  const today = services.now().toISOString().slice(0, 10);
  if (catalog.shades.length <= MOST_AT_ONCE) return catalogHealth(catalog, { today });
  const text = textBytes(await publishedText(services, catalog));
  const task: HealthTask = { want: 'health', text, today };
  return await services.importPool.run<CatalogHealth>(task, { transfer: [text.buffer] });
}
