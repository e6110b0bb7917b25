/** Two blocks in a row are a window: 40 lines, which overlap by half, without any line being kept twice. */
export const BLOCK_LINES = 20;

export interface Block {
  /** Counted from 0. */
  readonly firstLine: number;
  readonly text: string;
}

/** A text in blocks of {@link BLOCK_LINES} lines; the last may be shorter. */
export function blocksOf(text: string): Block[] {
  const lines = text.replace(/\n$/, '').split('\n');
  const blocks: Block[] = [];
  for (let firstLine = 0; firstLine < lines.length; firstLine += BLOCK_LINES) {
    blocks.push({ firstLine, text: lines.slice(firstLine, firstLine + BLOCK_LINES).join('\n') });
  }
  return blocks;
}
