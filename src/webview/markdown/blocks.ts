import {
  closes,
  continues,
  type Fence,
  isTelling,
  MAX_FENCE_LINE_CHARS,
  mayClose,
  openedBy,
  unindented,
} from './lines.ts';
import { cutAt } from './cutAt.ts';
import { LIMITS } from './limits.ts';

/** A stretch of a message that can be drawn by itself. */
export type Block =
  | { readonly kind: 'markdown'; readonly text: string }
  /** A fenced block at the top level. A fence in a list is part of that list's Markdown. */
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  /** Too long for Markdown without a place to split it. */
  | { readonly kind: 'plain'; readonly text: string };

/**
 * A message so far. `finished` never changes but by growing, whatever follows, so each of its blocks is drawn once;
 * only `open` is drawn again as text arrives.
 */
export interface Blocks {
  readonly finished: readonly Block[];
  readonly open: Block | undefined;
  /** Characters beyond {@link LIMITS}, which are not shown. */
  readonly droppedChars: number;
  readonly scan: Scan;
}

/** Where the splitter stands: an immutable value, so that a message can be kept and continued. */
interface Scan {
  readonly chars: number;
  /** The line that has not ended yet. */
  readonly line: string;
  /** Lines of the open block, with their line ends. */
  readonly lines: string;
  readonly fence: Fence | undefined;
  /** The open block ended with blank lines; what comes next decides whether it goes on. */
  readonly blankSeen: boolean;
  /** In a stretch that turned out too long, up to its end. */
  readonly plain: boolean;
  /** The beginning of the line is in `lines` already. */
  readonly midLine: boolean;
}

const START: Scan = {
  chars: 0,
  line: '',
  lines: '',
  fence: undefined,
  blankSeen: false,
  plain: false,
  midLine: false,
};

export const EMPTY_BLOCKS: Blocks = { finished: [], open: undefined, droppedChars: 0, scan: START };

/**
 * Adds text as it streams. The result does not depend on where the text was cut into pieces.
 *
 * Definitions of link references (`[a]: url`) work only inside their own block, which costs models nothing: they
 * write their links in place.
 */
export function append(blocks: Blocks, text: string): Blocks {
  const room = Math.max(0, LIMITS.messageChars - blocks.scan.chars);
  const taken = text.slice(0, room);
  const droppedChars = blocks.droppedChars + text.length - taken.length;
  if (taken === '') return droppedChars === blocks.droppedChars ? blocks : { ...blocks, droppedChars };
  const splitter = new Splitter(blocks.scan, LIMITS.blocks - blocks.finished.length);
  // "\r\n" may be cut in two, so the "\r" goes by itself.
  splitter.add(taken.replaceAll('\r', ''));
  const finished = splitter.done.length === 0 ? blocks.finished : [...blocks.finished, ...splitter.done];
  const scan = { ...splitter.scan, chars: blocks.scan.chars + taken.length };
  return { finished, open: openBlock(scan), droppedChars, scan };
}

/** What is still open is finished: no more text will come. */
export function close(blocks: Blocks): Blocks {
  const splitter = new Splitter(blocks.scan, LIMITS.blocks - blocks.finished.length);
  splitter.end();
  if (splitter.done.length === 0) return blocks;
  const scan = { ...START, chars: blocks.scan.chars };
  return { ...blocks, finished: [...blocks.finished, ...splitter.done], open: undefined, scan };
}

class Splitter {
  readonly done: Block[] = [];
  scan: Scan;
  private readonly _room: number;

  /** @param room blocks that may be finished before all that follows becomes plain text. */
  constructor(scan: Scan, room: number) {
    this.scan = scan;
    this._room = room;
  }

  add(text: string): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      const line = this.scan.line + text.slice(start, end + 1);
      this.scan = { ...this.scan, line: '' };
      this.addLine(line);
      start = end + 1;
    }
    this.scan = { ...this.scan, line: this.scan.line + text.slice(start) };
    this.judgeBeginning();
    this.takeLongLine();
  }

  end(): void {
    const { line } = this.scan;
    this.scan = { ...this.scan, line: '' };
    if (line !== '') this.addLine(line);
    this.finish();
  }

  private get full(): boolean {
    return this.done.length >= this._room;
  }

  private addLine(line: string): void {
    const { fence, lines, plain } = this.scan;
    if (this.scan.midLine || this.full) {
      this.addToOpen(line);
    } else if (fence !== undefined) {
      if (closes(fence, line)) this.finish();
      else this.scan = { ...this.scan, lines: lines + unindented(line, fence.indent) };
    } else if (line.trim() === '') {
      if (plain) this.finish();
      else if (lines !== '') this.scan = { ...this.scan, lines: lines + line, blankSeen: true };
    } else {
      this.finishUnlessContinuedBy(line);
      const opened = this.scan.plain ? undefined : openedBy(line, this.scan.lines);
      if (opened === undefined) {
        this.addToOpen(line);
      } else {
        this.finish();
        if (this.full) this.addToOpen(line);
        else this.scan = { ...START, fence: opened };
      }
    }
  }

  /** Behind a blank line, the first characters tell that a block has ended: before, it would be drawn again until the line ends. */
  private judgeBeginning(): void {
    const { blankSeen, line } = this.scan;
    if (blankSeen && !this.full && isTelling(line)) this.finishUnlessContinuedBy(line);
  }

  /** What a line is, is known at its end, or here: it is too long to be anything but text. */
  private takeLongLine(): void {
    const { fence, line, lines, midLine } = this.scan;
    const isLong = lines.length + line.length > LIMITS.blockChars && line.length > MAX_FENCE_LINE_CHARS;
    if (fence !== undefined || line.trim() === '' || !(midLine || isLong)) return;
    if (!midLine && !this.full) this.finishUnlessContinuedBy(line);
    this.scan = { ...this.scan, line: '' };
    this.addToOpen(line);
    this.scan = { ...this.scan, midLine: true };
  }

  private finishUnlessContinuedBy(line: string): void {
    if (this.scan.blankSeen && !continues(this.scan.lines, line, LIMITS.listChars)) {
      const { line } = this.scan;
      this.finish();
      this.scan = { ...this.scan, line };
    }
  }

  private addToOpen(text: string): void {
    const lines = this.scan.lines + text;
    const plain = this.scan.plain || this.full || lines.length > LIMITS.blockChars;
    this.scan = { ...this.scan, lines, plain, blankSeen: false, midLine: false };
    if (plain) this.cutPlain();
  }

  private cutPlain(): void {
    let { lines } = this.scan;
    while (lines.length > LIMITS.plainChunkChars) {
      const at = cutAt(lines, LIMITS.plainChunkChars);
      this.done.push({ kind: 'plain', text: lines.slice(0, at) });
      lines = lines.slice(at);
    }
    this.scan = { ...this.scan, lines };
  }

  private finish(): void {
    const block = openBlock({ ...this.scan, line: '' });
    if (block !== undefined) this.done.push(block);
    this.scan = START;
  }
}

/** A last line that may become the closing fence is held back, so that it does not flash up. */
function openBlock({ fence, lines, line, plain }: Scan): Block | undefined {
  if (fence !== undefined) {
    const rest = mayClose(fence, line) ? '' : unindented(line, fence.indent);
    return { kind: 'code', language: fence.language, text: lines + rest };
  }
  const text = lines + line;
  if (text.trim() === '') return undefined;
  return { kind: plain ? 'plain' : 'markdown', text };
}
