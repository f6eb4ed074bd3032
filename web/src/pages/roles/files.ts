// Files that a page gives to the reader, and sealed copies that the browser keeps.
//
// What counts is the file that was saved. The copy in the browser only spares the reader from choosing the file each time;
// it is sealed as the file is.

/** Gives a text as a file to be saved. */
export function save(name: string, text: string, type = "application/json"): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

const STORE = "sealed";

/** Keeps a sealed copy; whether that worked. Private windows and full disks may refuse. */
export async function keepCopy(name: string, sealed: string): Promise<boolean> {
  return inStore("readwrite", (store) => store.put(sealed, name)).then(() => true, () => false);
}

/** The sealed copy of a file, where the browser has one. */
export async function keptCopy(name: string): Promise<string | undefined> {
  const kept: unknown = await inStore("readonly", (store) => store.get(name)).catch(() => undefined);
  return typeof kept === "string" ? kept : undefined;
}

/** Deletes the copy of a file; whether that worked. */
export async function forgetCopy(name: string): Promise<boolean> {
  return inStore("readwrite", (store) => store.delete(name)).then(() => true, () => false);
}

async function inStore(mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open("adil-roles", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const asked = run(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}
