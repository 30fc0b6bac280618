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
