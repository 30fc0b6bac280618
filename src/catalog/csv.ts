import { say } from '../domain/catalog-texts.ts';

/** A record of a table, and the line that it begins on, from 1. */
export interface CsvRecord {
  line: number;
  cells: string[];
}

/** The records of a table up to a fault, if there is one; empty lines are none. */
export interface Csv {
  records: CsvRecord[];
  fault?: { line: number; message: string };
}

/**
 * Reads a table as spreadsheets write it: RFC 4180, with commas, semicolons or tabs between the cells, whichever is
 * most frequent in the first line. Formulas are text.
 */
export function readCsv(text: string): Csv {
  const separator = separatorOf(text);
  const records: CsvRecord[] = [];
  let record: CsvRecord = { line: 1, cells: [] };
  let [at, line] = [0, 1];
  const unquoted = new RegExp(`[^${separator}\r\n]*`, 'y');
  while (at < text.length) {
    let cell: string;
    if (text[at] === '"') {
      const end = closingQuote(text, at + 1);
      if (end < 0) return { records, fault: { line, message: say('open_quote') } };
      const quoted = text.slice(at + 1, end);
      line += quoted.split('\n').length - 1;
      cell = quoted.replaceAll('""', '"');
      at = end + 1;
    } else cell = '';
    // Behind a closing quote nothing should stand but a separator; what does is a part of the cell.
    unquoted.lastIndex = at;
    const rest = unquoted.exec(text)?.[0] ?? '';
    record.cells.push(cell + rest);
    at += rest.length;
    if (text[at] === separator) {
      at += 1;
      if (at < text.length) continue;
      record.cells.push('');
    }
    if (record.cells.some((each) => each.trim() !== '')) records.push(record);
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    record = { line, cells: [] };
  }
  return { records };
}

/** Where a quoted cell ends; two quotes are one that belongs to it. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

function separatorOf(text: string): string {
  const [first = ''] = text.replace(/"[^"]*"/g, '').split(/[\r\n]/, 1);
  const count = (each: string): number => first.split(each).length;
  return [',', ';', '\t'].sort((a, b) => count(b) - count(a))[0] as string;
}
