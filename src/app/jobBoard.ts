import { measuringTexts } from '../language/texts/measuring.ts';

/** The steps a person sees while a photo is measured, in order. */
export const STEPS = ['reading', 'card', 'regions', 'measuring', 'matching'] as const;
export type Step = (typeof STEPS)[number];

export const STEP_WORDS: Record<Step, string> = {
  reading: measuringTexts.readingThePhoto,
  card: measuringTexts.lookingForAColourCard,
  regions: measuringTexts.findingSkinAndHair,
  measuring: measuringTexts.measuringTheirColours,
  matching: measuringTexts.comparingTheShades,
};

interface Job {
  step: Step;
  readonly finished: Promise<void>;
}

/**
 * The matches this process is working on. Only progress lives here: what counts is in the database, and a match whose
 * process died is started again from its stored photo.
 */
export class JobBoard {
  readonly #jobs = new Map<string, Job>();

  /** Runs `work` under an id; a second start while it runs joins the first. `work` reports its steps and never rejects. */
  start(id: string, work: (report: (step: Step) => void) => Promise<void>): Promise<void> {
    const running = this.#jobs.get(id);
    if (running) return running.finished;
    const job: Job = {
      step: 'reading',
      finished: Promise.resolve()
        .then(() => work((step) => (job.step = step)))
        .finally(() => this.#jobs.delete(id)),
    };
    this.#jobs.set(id, job);
    return job.finished;
  }

  stepOf(id: string): Step | null {
    return this.#jobs.get(id)?.step ?? null;
  }

  /** Resolves when the job is done or after `ms`, whichever comes first. */
  async waitFor(id: string, ms: number): Promise<void> {
    const job = this.#jobs.get(id);
    if (!job) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([job.finished, patience]);
    clearTimeout(timer);
  }

  /** Resolves when every job that was running is done. */
  async drain(): Promise<void> {
    await Promise.allSettled([...this.#jobs.values()].map((job) => job.finished));
  }
}
