/** A file's whole text as the user sees it: unsaved where it is open. LF between lines, whatever the file has. */
export interface SourceText {
  readonly uri: string;
  /** For the model's eyes: relative to its workspace folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** The workspace's files by content, so far as a prompt may have them. */
export interface SourceTexts {
  /**
   * Undefined for what is not there, not text or too long, and for what the user's ignore rules keep out of prompts.
   * @throws {@link Cancelled} when `signal` aborts. No other error.
   */
  read(uri: string, signal: AbortSignal): Promise<SourceText | undefined>;
}
