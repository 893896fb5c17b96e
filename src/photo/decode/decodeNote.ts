/** Something the decoder wants a person to know, in the form of RESULT's `quality` entries. */
export interface DecodeNote {
  readonly check: 'profile' | 'frames';
  readonly level: 'ok' | 'warn';
  readonly message: string;
  readonly fix: string;
}
