import { createHash } from 'node:crypto';
import type { PromptPiece } from '../core/ports/model.ts';
import type { PromptPart, Segment } from '../rpc/engineProtocol.ts';

/** Ids remembered as sent; past that all are sent again, which costs one larger message. */
const MAX_IDS = 20_000;

/** Which segments one engine process has been given. It may forget any of them, and then says so. */
export class SentSegments {
  private readonly _ids = new Set<string>();

  has(id: string): boolean {
    return this._ids.has(id);
  }

  add(segments: readonly Segment[]): void {
    if (this._ids.size > MAX_IDS) this._ids.clear();
    for (const { id } of segments) this._ids.add(id);
  }

  forget(): void {
    this._ids.clear();
  }
}

/** The prompt as it goes over the wire: segments by id, with the texts of those not sent before. */
export function encodePrompt(
  pieces: readonly PromptPiece[],
  sent: SentSegments,
): { parts: PromptPart[]; newSegments: Segment[] } {
  const newSegments = new Map<string, Segment>();
  const parts = pieces.map((piece): PromptPart => {
    if (!('segment' in piece)) return piece;
    const id = segmentId(piece.segment, piece.leadingSpace);
    if (!sent.has(id)) newSegments.set(id, { id, text: piece.segment, leadingSpace: piece.leadingSpace });
    return { segment: id };
  });
  return { parts, newSegments: [...newSegments.values()] };
}

function segmentId(text: string, leadingSpace: boolean): string {
  return createHash('sha256')
    .update(leadingSpace ? '1' : '0')
    .update(text)
    .digest('base64url')
    .slice(0, 22);
}
