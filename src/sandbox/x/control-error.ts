/** A request to the control API that makes no sense. Not X's: people and tests who drive the stand-in read it. */
export class ControlError extends Error {
  override name = 'ControlError';
  readonly status: 400 | 404 | 409;

  constructor(status: 400 | 404 | 409, message: string) {
    super(message);
    this.status = status;
  }
}
