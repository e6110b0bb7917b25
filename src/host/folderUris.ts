import type { IndexPlace } from '../rpc/indexProtocol.ts';

/** A workspace folder by both its names. */
export interface WorkspaceFolder {
  /** As VS Code writes it. */
  readonly uri: string;
  /** On this machine's file system. */
  readonly path: string;
}

/** Translates between VS Code's URIs of files and their places in workspace folders. */
export class FolderUris {
  /** The innermost of folders inside each other first. */
  private readonly _folders: readonly WorkspaceFolder[];

  constructor(folders: readonly WorkspaceFolder[]) {
    this._folders = folders
      .map(({ uri, path }) => ({ uri: uri.replace(/\/$/, ''), path }))
      .sort((a, b) => b.uri.length - a.uri.length);
  }

  /** Undefined for what is in no workspace folder. */
  placeOf(uri: string): IndexPlace | undefined {
    const folder = this._folders.find((each) => uri.startsWith(`${each.uri}/`));
    if (!folder) return undefined;
    try {
      const path = decodeURIComponent(uri.slice(folder.uri.length + 1));
      return path === '' ? undefined : { root: folder.path, path };
    } catch {
      return undefined;
    }
  }

  /** Undefined for a folder that is not, or no longer, one of the workspace. */
  uriOf({ root, path }: IndexPlace): string | undefined {
    const folder = this._folders.find((each) => each.path === root);
    return folder && `${folder.uri}/${path.split('/').map(encoded).join('/')}`;
  }
}

/** VS Code leaves unreserved characters alone and no others; JavaScript leaves five more. */
function encoded(name: string): string {
  return encodeURIComponent(name).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
