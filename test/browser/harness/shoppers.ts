/** Somebody to play in the sandbox. */
export interface Shopper {
  handle: string;
  /** Where their mail arrives. */
  mail: string;
  /** The sandbox offers them; everybody else has to be made up. */
  known: boolean;
}

const offered = (handle: string, mail: string): Shopper => ({ handle, mail, known: true });

export const sam = offered('sam_shops', 'sam@mail.example');
export const noor = offered('noor_reads', 'noor@mail.example');
export const kenji = offered('kenji_h', 'kenji@mail.example');
/** X has no e-mail address of hers: this is the one that she types. */
export const ada = offered('ada_nomail', 'ada@home.example');

export const somebodyNew = (handle: string): Shopper => ({
  handle,
  mail: `${handle}@mail.example`,
  known: false,
});
