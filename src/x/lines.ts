const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** A line longer than any post can be: the bytes are not what we think they are. */
export class LineTooLong extends Error {
  override name = 'LineTooLong';
}

export interface LineSplitter {
  /** The lines that this chunk completes, without their ends. Heartbeats, empty lines, are left out. */
  push(chunk: Buffer): Buffer[];
}

/**
 * Cuts a stream of bytes into lines, wherever chunks begin and end: in the middle of a character, or between the
 * \r and the \n that end a line. Lines stay bytes, most of them the chunk's own: nothing is copied or decoded.
 *
 * @param longest bytes that a line may have @throws LineTooLong
 */
export function splitLines(longest: number): LineSplitter {
  let pieces: Buffer[] = [];
  let length = 0;
  return {
    push(chunk) {
      const lines: Buffer[] = [];
      let start = 0;
      for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
        const last = chunk.subarray(start, end);
        const line = withoutReturn(pieces.length === 0 ? last : Buffer.concat([...pieces, last]));
        if (line.length > 0) lines.push(line);
        pieces = [];
        length = 0;
        start = end + 1;
      }
      if (start < chunk.length) {
        const rest = chunk.subarray(start);
        length += rest.length;
        if (length > longest) throw new LineTooLong(`a line of the stream is longer than ${longest} bytes`);
        pieces.push(rest);
      }
      return lines;
    },
  };
}

const withoutReturn = (line: Buffer): Buffer =>
  line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
