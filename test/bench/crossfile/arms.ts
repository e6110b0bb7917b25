import { nullLog } from '../../../src/base/log.ts';
import { relatedRoom } from '../../../src/core/completion/prompt.ts';
import { RelatedContext } from '../../../src/core/context/relatedContext.ts';
import { NO_RELATED, type RelatedPart } from '../../../src/core/context/relatedPart.ts';
import type { ReadyModel } from '../../../src/core/ports/model.ts';
import { systemClock } from '../../../src/core/ports/clock.ts';
import { TextsInMemory } from '../../support/textsInMemory.ts';
import type { Place } from './places.ts';

export const SUFFIX_LINES = [8, 16, 32, 64];

/** Of a neighbour's share, what stands around its text. */
const AROUND_CHARS = 8;

/** The ways a place can be asked about. */
export function armsOf({ trace, answers }: Place): string[] {
  if (trace !== 'none') {
    return ['none', 'engine', 'without recent edits', 'without visited editors', 'without both'];
  }
  const sources = answers.filter(({ candidates }) => candidates.length > 0).map(({ source }) => source.name);
  return [
    'none',
    'neighbours',
    'engine',
    ...sources.flatMap((name) => [`without ${name}`, `only ${name}`]),
    ...SUFFIX_LINES.map((lines) => `suffix ${lines}`),
  ];
}

/** What of other files a prompt shows in one arm. All arms have the same room, for other files and for all texts together. */
export async function relatedIn(arm: string, place: Place, model: ReadyModel): Promise<RelatedPart> {
  const room = { ...relatedRoom(place.view, model, Infinity, undefined), fileChars: 0 };
  if (arm === 'none') return NO_RELATED;
  if (arm === 'neighbours') return openFiles(place, room.maxChars - place.view.path.length);
  const context = new RelatedContext({
    sources: place.answers
      .filter(({ source: { name } }) => isAsked(name, arm))
      .map(({ source, candidates }) => {
        const { name, weight, stability, leastRoomChars = 0 } = source;
        return { name, weight, stability, leastRoomChars, find: async () => candidates };
      }),
    texts: new TextsInMemory(),
    repository: () => place.repository.name,
    clock: systemClock,
    log: nullLog,
  });
  await context.refresh(place.view, room, new AbortController().signal);
  return context.part;
}

function isAsked(source: string, arm: string): boolean {
  if (arm.startsWith('only ')) return arm === `only ${source}`;
  if (arm === 'without both') return source !== 'recent edits' && source !== 'visited editors';
  return arm !== `without ${source}`;
}

/** Whole files one after another as long as there is room, the last one cut at a line end. */
function openFiles({ neighbours, repository }: Place, maxChars: number): RelatedPart {
  let leftChars = maxChars;
  const excerpts = neighbours.flatMap(({ uri, path, text }) => {
    const room = leftChars - path.length - AROUND_CHARS;
    const shown = text.length <= room ? text : text.slice(0, Math.max(0, text.lastIndexOf('\n', room)));
    if (shown === '') return [];
    leftChars = room - shown.length;
    return [{ uri, path, firstLine: 0, text: shown }];
  });
  return { repository: repository.name, excerpts };
}
