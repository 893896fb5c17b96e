import type { DecodedPhoto } from '../photo/decode/decodePhoto.ts';
import { SNIFF_BYTES, type SniffedFormat, sniffFormat } from '../photo/decode/sniffFormat.ts';
import { answerTasks } from '../photo/photoAnswer.ts';
import { keepMeasurable } from '../photo/strip/keepMeasurable.ts';
import { calibrationOf } from './calibrateByCases.ts';
import { answerShadeLooks } from './catalogs/shadeLooks.ts';
import { dropUnlessKept, keepPhoto, keptPhoto } from './keptPhoto.ts';
import { compareHealed } from './learning/compareHealed.ts';
import { matchPhotoFile } from './matchPhotoFile.ts';
import { displayPicture } from './photoPictures.ts';
import type { MatchReply, MatchTask, PhotoTask, WorkerNews } from './photoTask.ts';
import { recommendShades } from './recommendShades.ts';
import { renderPreview } from './renderPreview.ts';
import { answerWhatIf } from './whatIf.ts';

/** What a file that was decoded so looks like from its first bytes. */
function sniffedAs({ format }: DecodedPhoto): SniffedFormat {
  return format === 'heic' || format === 'avif' ? 'heif' : format;
}

async function match(task: MatchTask): Promise<MatchReply> {
  const { path, port, displaySidePx } = task;
  const tell = (news: WorkerNews) => port?.postMessage(news);
  try {
    const request = { ...task, decoded: keptPhoto(task.sha256) };
    const found = await matchPhotoFile(path, request, {
      onStep: (step) => tell({ news: 'step', step }),
      async onDecoded(decoded, sha256) {
        if (displaySidePx === null) return keepPhoto(sha256, decoded);
        // Both begun before this thread goes on with the photo: it comes back here only when the regions are found.
        const [display, working] = await Promise.all([
          displayPicture(decoded.raster, displaySidePx),
          keepMeasurable(path, decoded),
        ]);
        // A stored copy in another format may decode to other values: measuring again must not depend on what is kept.
        if (sniffFormat(working.subarray(0, SNIFF_BYTES)) === sniffedAs(decoded)) keepPhoto(sha256, decoded);
        tell({ news: 'accepted', sha256, display, working });
      },
    });
    const { result, measurement, decoded } = found;
    dropUnlessKept(decoded);
    return { result, measurement };
  } finally {
    port?.close();
  }
}

/** Photo work in its own thread, so that the server's thread stays free. */
export default answerTasks<PhotoTask>(async (task) => {
  if (task.kind === 'match') return match(task);
  if (task.kind === 'calibrateStudio') return calibrationOf(task.catalogs, task.cases);
  if (task.kind === 'shadeLooks') return answerShadeLooks(task);
  if (task.kind === 'preview') return renderPreview(task);
  if (task.kind === 'observe') return compareHealed(task.question, task.catalog);
  if (task.kind === 'whatIf') return answerWhatIf(task.question, task.catalogs);
  return recommendShades(task.measurement, task.options, task.catalogs, task.asOf);
});
