/** The kinds of picture that are served here, by the ends of their names: those that browsers and X's cards show. */
const TYPES: Record<string, string> = {
  avif: 'image/avif',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
};

/** Of a file; `undefined`: it is no picture, or of no kind that is served. */
export const pictureType = (file: string): string | undefined =>
  TYPES[file.split('.').at(-1)?.toLowerCase() ?? ''];

const HERE = '/pictures/';

/** The file below the folder of pictures that the catalog names; `undefined`: it names a picture elsewhere. */
export const pictureFile = (image: string): string | undefined =>
  image.startsWith(HERE) ? image.slice(HERE.length) : undefined;

/** Where browsers find a picture that the catalog names. */
export const pictureAddress = (image: string): string =>
  pictureFile(image) === undefined ? image : image.split('/').map(encodeURIComponent).join('/');
