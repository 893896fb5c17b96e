import { answerTasks } from '../photo/photoAnswer.ts';
import { keepMeasurable } from '../photo/strip/keepMeasurable.ts';
import { calibrationOf } from './calibrateByCases.ts';
import { matchPhotoFile } from './matchPhotoFile.ts';
import { displayPicture } from './photoPictures.ts';
import type { MatchReply, MatchTask, PhotoTask, WorkerNews } from './photoTask.ts';
import { recommendShades } from './recommendShades.ts';
import { answerWhatIf } from './whatIf.ts';

async function match(task: MatchTask): Promise<MatchReply> {
  const { path, port, displaySidePx } = task;
  const tell = (news: WorkerNews) => port?.postMessage(news);
  try {
    const found = await matchPhotoFile(path, task, {
      onStep: (step) => tell({ news: 'step', step }),
      async onDecoded(decoded, sha256) {
        if (displaySidePx === null) return;
        const working = await keepMeasurable(path, decoded);
        tell({ news: 'accepted', sha256, display: await displayPicture(decoded.raster, displaySidePx), working });
      },
    });
    const { result, measurement } = found;
    return { result, measurement };
  } finally {
    port?.close();
  }
}

/** Photo work in its own thread, so that the server's thread stays free. */
export default answerTasks<PhotoTask>(async (task) => {
  if (task.kind === 'match') return match(task);
  if (task.kind === 'calibrateStudio') return calibrationOf(task.catalogs, task.cases);
  if (task.kind === 'whatIf') return answerWhatIf(task.question, task.catalogs);
  return recommendShades(task.measurement, task.options, task.catalogs, task.asOf);
});
