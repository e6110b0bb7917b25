/** Nothing is changed, for a reason that the user can do something about. Thrown while a prompt is made or an answer is read. */
export class RefactorRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RefactorRefused';
  }
}
