import type { MessagePort } from 'node:worker_threads';
import type { Catalog } from '../catalog/shade.ts';
import type { StudioCase } from './calibrateByCases.ts';
import type { ShadeLooksTask } from './catalogs/shadeLooks.ts';
import type { Step } from './jobBoard.ts';
import type { HealedQuestion } from './learning/compareHealed.ts';
import type { MatchOptions } from './matchOptions.ts';
import type { MatchResult } from './matchResult.ts';
import type { Measurement } from './measurePhoto.ts';
import type { PreviewTask } from './renderPreview.ts';
import type { WhatIfQuestion } from './whatIf.ts';

/** What a worker is asked to do. Everything crosses the thread as plain data. */
export type PhotoTask =
  | MatchTask
  | RecommendTask
  | WhatIfTask
  | CalibrateStudioTask
  | ShadeLooksTask
  | PreviewTask
  | ObserveTask;

export interface MatchTask {
  readonly kind: 'match';
  readonly path: string;
  /** Hash of the file as first sent, when `path` is a stored copy of it; null to take it from the file. */
  readonly sha256: string | null;
  readonly options: MatchOptions;
  readonly catalogs: readonly Catalog[];
  /** Day lots are checked against, ISO date. */
  readonly asOf: string;
  /** Also make the pictures a page needs, at most this wide or high; null for none. */
  readonly displaySidePx: number | null;
  /** Receives `WorkerNews` while the task runs. */
  readonly port: MessagePort | null;
}

/** The same measurement against other settings: no photo is read again. */
export interface RecommendTask {
  readonly kind: 'recommend';
  readonly measurement: Measurement;
  readonly options: MatchOptions;
  readonly catalogs: readonly Catalog[];
  readonly asOf: string;
}

/** One prediction for the what-if page. */
export interface WhatIfTask {
  readonly kind: 'whatIf';
  readonly question: WhatIfQuestion;
  readonly catalogs: readonly Catalog[];
}

/** What healed results say about a studio's hand. */
export interface CalibrateStudioTask {
  readonly kind: 'calibrateStudio';
  readonly cases: readonly StudioCase[];
  readonly catalogs: readonly Catalog[];
}

/** How strong a pigment turned out in a healed result. */
export interface ObserveTask {
  readonly kind: 'observe';
  readonly question: HealedQuestion;
  readonly catalog: Catalog;
}

export interface PagePicture {
  readonly bytes: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** `accepted` comes once, when the file has proved to be a usable photo; `measured` copies keep its exact pixels. */
export type WorkerNews =
  | { readonly news: 'step'; readonly step: Step }
  | { readonly news: 'accepted'; readonly sha256: string; readonly display: PagePicture; readonly working: Uint8Array };

export interface MatchReply {
  readonly result: MatchResult;
  readonly measurement: Measurement;
}
