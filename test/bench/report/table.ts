/** Rows under a heading, columns as wide as they need to be: the first to the left, the others to the right. */
export function table(heading: string[], rows: string[][]): string {
  const widths = heading.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? '')].map((cell) => [...cell].length)),
  );
  const pad = (cell: string, column: number): string => {
    const space = ' '.repeat((widths[column] ?? 0) - [...cell].length);
    return column === 0 ? cell + space : space + cell;
  };
  const lines = [heading, widths.map((width) => '-'.repeat(width)), ...rows];
  return lines.map((row) => `  ${row.map(pad).join('  ')}`.trimEnd()).join('\n');
}
