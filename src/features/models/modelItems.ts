import * as vscode from 'vscode';
import { formatBytes } from '../../core/models/bytes.ts';
import { memoryNeed } from '../../core/models/memory.ts';
import type { SuggestedModel } from '../../core/models/suggestedModels.ts';
import type { FoundModel, Inspection } from '../../core/ports/modelFiles.ts';

/** What the user can choose; `shortage` says in numbers why it would not fit in memory. */
export type Choice =
  | { readonly kind: 'starter' }
  | { readonly kind: 'file'; readonly path: string; readonly shortage?: string }
  | { readonly kind: 'browse' }
  | { readonly kind: 'address' }
  | { readonly kind: 'suggestion'; readonly address: string; readonly shortage?: string };

/** A line of the picker; lines that only separate have no choice. */
export interface ModelItem extends vscode.QuickPickItem {
  readonly choice?: Choice;
}

export interface ModelItemsInput {
  readonly found: readonly FoundModel[];
  readonly suggested: readonly SuggestedModel[];
  readonly currentPath: string | undefined;
  readonly contextTokens: number;
  /** Absent until headers and memory have been looked at. */
  readonly inspection: Inspection | undefined;
}

/** Models on this machine, other ways to name one, and a few to download. Their order does not depend on the inspection. */
export function modelItems(input: ModelItemsInput): ModelItem[] {
  const { t } = vscode.l10n;
  return [
    separator(t('on this machine')),
    ...input.found.flatMap((model) => fileItem(model, input) ?? []),
    starterItem(input.currentPath === undefined),
    separator(t('others')),
    { label: t('$(folder-opened) Browse for a GGUF file…'), choice: { kind: 'browse' } },
    { label: t('$(link) Download from an address…'), choice: { kind: 'address' } },
    separator(t('suggestions to download')),
    ...input.suggested.map((model) => suggestionItem(model, input)),
  ];
}

/** The model that came along, behind all others: it is there for who has none. */
function starterItem(current: boolean): ModelItem {
  const { t } = vscode.l10n;
  return {
    label: `${iconOf(current, undefined)} ${t('Deepwell Starter')}`,
    description: joined(current && t('current model'), t('came with Deepwell')),
    detail: t('Small and quick, for a first look'),
    choice: { kind: 'starter' },
  };
}

function fileItem(model: FoundModel, input: ModelItemsInput): ModelItem | undefined {
  const { t } = vscode.l10n;
  const { path, source } = model;
  const header = input.inspection?.files.get(path);
  if (header && !header.writesText) return undefined;
  const unreadable = input.inspection && !header ? t('incomplete or damaged') : undefined;
  const shortage = header && shortageOf(header.sizeBytes, header, input);
  const current = path === input.currentPath;
  const sizeBytes = header?.sizeBytes ?? model.sizeBytes;
  return {
    label: `${iconOf(current, unreadable ?? shortage)} ${model.name}`,
    description: joined(
      current && t('current model'),
      sizeBytes > 0 && formatBytes(sizeBytes),
      unreadable ?? shortage,
    ),
    detail: joined(source, folderOf(path)),
    choice: { kind: 'file', path, ...(shortage !== undefined && { shortage }) },
  };
}

function suggestionItem(model: SuggestedModel, input: ModelItemsInput): ModelItem {
  const shortage = shortageOf(model.sizeBytes, model, input);
  return {
    label: `${shortage === undefined ? '$(cloud-download)' : '$(warning)'} ${model.name}`,
    description: joined(formatBytes(model.sizeBytes), model.licence, shortage),
    choice: {
      kind: 'suggestion',
      address: model.address,
      ...(shortage !== undefined && { shortage }),
    },
  };
}

function iconOf(current: boolean, trouble: string | undefined): string {
  if (trouble !== undefined) return '$(warning)';
  return current ? '$(check)' : '$(file-binary)';
}

function shortageOf(
  sizeBytes: number,
  shape: Parameters<typeof memoryNeed>[1],
  { contextTokens, inspection }: ModelItemsInput,
): string | undefined {
  if (!inspection) return undefined;
  const { totalBytes } = memoryNeed(sizeBytes, shape, contextTokens);
  if (totalBytes <= inspection.freeBytes) return undefined;
  const [needed, free] = [formatBytes(totalBytes), formatBytes(inspection.freeBytes)];
  return vscode.l10n.t('needs {0} of memory, {1} are free', needed, free);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')));
}

function joined(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}

function separator(label: string): ModelItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
