import { answerTasks } from '../../photo/photoAnswer.ts';
import { answerImport, type CatalogTask } from './importTask.ts';

/** Reads suppliers' files and large catalogs in a thread that ends when it is done: what a large one took is then free again. */
export default answerTasks<CatalogTask>(answerImport);
