import { CsvError, parse } from 'csv-parse/sync';
import { say } from '../domain/catalog-texts.ts';

/** A record of a table, and the line that it begins on, from 1. */
export interface CsvRecord {
  line: number;
  cells: string[];
}

/** The records of a table, or its fault; empty lines are none. */
export interface Csv {
  records: CsvRecord[];
  fault?: { line: number; message: string };
}

/**
 * Reads a table as spreadsheets write it: RFC 4180, with commas, semicolons or tabs between the cells, whichever is
 * most frequent in the first line. Formulas are text.
 */
export function readCsv(text: string): Csv {
  try {
    const records: CsvRecord[] = [];
    parse(text, {
      bom: true,
      delimiter: separatorOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      on_record(cells: string[], { lines }) {
        const line = lines - cells.join('').split('\n').length + 1;
        if (cells.some((cell) => cell.trim() !== '')) records.push({ line, cells });
        return null; // the parser need not gather them, too
      },
    });
    return { records };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const message = error.code === 'CSV_QUOTE_NOT_CLOSED' ? say('open_quote') : error.message;
    return { records: [], fault: { line: Number(error.lines ?? 1), message } };
  }
}

function separatorOf(text: string): string {
  const [first = ''] = text.replace(/"[^"]*"/g, '').split(/[\r\n]/, 1);
  const count = (each: string): number => first.split(each).length;
  return [',', ';', '\t'].sort((a, b) => count(b) - count(a))[0] as string;
}
