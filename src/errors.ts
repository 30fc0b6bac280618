/** The settings, or a file named by them, are at fault: exit code 78 (EX_CONFIG). */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly exitCode = 78;
}

/** A service that we need does not answer: exit code 69 (EX_UNAVAILABLE). */
export class UnavailableError extends Error {
  override name = 'UnavailableError';
  readonly exitCode = 69;
}

/** What was asked for cannot be done and trying again would not help: exit code 1. */
export class PermanentError extends Error {
  override name = 'PermanentError';
  readonly exitCode = 1;
}

/**
 * Whether trying again with the same data would end the same way. PostgreSQL's classes: 21 to 23 values and
 * constraints, 54 limits; and faults of our own, which are no database errors at all. Everything else passes: a lost
 * connection, a server that shuts down, a column that a migration has yet to bring.
 */
export function wouldFailAgain(error: unknown): boolean {
  const { code, name } = error as { code?: string; name?: string };
  return code === undefined
    ? ['TypeError', 'RangeError', 'SyntaxError'].includes(name ?? '')
    : /^(2[123]|54)/.test(code);
}

/** What is said of an error, whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
