import { deleteDatabase, isDamage, openDatabase, type OpenedDatabase } from './database.ts';
import { Store } from './store.ts';

export interface OpenedStore {
  readonly store: Store;
  readonly madeAnew: OpenedDatabase['madeAnew'];
}

/** Opens the index's file, made anew where it is damaged. Throws as {@link openDatabase} does. */
export function openStore(path: string): OpenedStore {
  const { database, madeAnew } = openDatabase(path);
  try {
    return { store: new Store(database), madeAnew };
  } catch (error) {
    database.close();
    if (!isDamage(error)) throw error;
    deleteDatabase(path);
    return { store: new Store(openDatabase(path).database), madeAnew: 'damaged' };
  }
}
