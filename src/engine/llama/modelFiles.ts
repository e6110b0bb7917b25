/** Parts of a model in several files are named `…-00001-of-00003.gguf`. */
const PART_NAME = /-(\d{5})-of-(\d{5})\.gguf$/;
const MAX_PARTS = 1000;

/** All files of the model that `path` is, or is a part of; the first one is what llama.cpp wants to be given. */
export function modelFiles(path: string): readonly [string, ...string[]] {
  const match = PART_NAME.exec(path);
  const parts = Number(match?.[2]);
  if (match === null || !(parts >= 1 && parts <= MAX_PARTS)) return [path];
  const name = (part: number): string =>
    `${path.slice(0, match.index)}-${String(part).padStart(5, '0')}-of-${match[2]}.gguf`;
  return [name(1), ...Array.from({ length: parts - 1 }, (_, index) => name(index + 2))];
}
