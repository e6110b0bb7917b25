import type { Definition } from '../../core/ports/codeIndex.ts';

export type Kind = Definition['kind'];

const KINDS: Readonly<Record<Kind, true>> = {
  ...{ function: true, method: true, class: true, interface: true, type: true },
  ...{ enum: true, variable: true, module: true },
};

export function isKind(name: string): name is Kind {
  return Object.hasOwn(KINDS, name);
}
