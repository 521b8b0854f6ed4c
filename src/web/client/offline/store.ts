// What is kept on the phone, each thing sealed under a key that the browser holds and never gives out: whoever copies the
// phone's storage has nothing to read. Shared by the page and the service worker.

type Shelf = 'queue' | 'receipts' | 'typed'
type Sealed = { id: string; iv: Uint8Array<ArrayBuffer>; sealed: ArrayBuffer }

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const open = (): Promise<IDBDatabase> => {
  const request = indexedDB.open('trellis', 1)
  request.onupgradeneeded = () => {
    for (const name of ['keys', 'queue', 'receipts', 'typed']) request.result.createObjectStore(name)
  }
  return asked(request)
}

const use = async <T>(
  shelf: Shelf | 'keys',
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
) => {
  const db = await open()
  try {
    return await asked(work(db.transaction(shelf, mode).objectStore(shelf)))
  } finally {
    db.close()
  }
}

/** The page and the worker may both be first: whoever writes second finds the other's key and takes that. */
const key = async (): Promise<CryptoKey> => {
  const find = () => use('keys', 'readonly', (store) => store.get('key') as IDBRequest<CryptoKey | undefined>)
  const before = await find()
  if (before) return before
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  await use('keys', 'readwrite', (store) => store.add(made, 'key')).catch(() => {})
  return (await find()) ?? made
}

export const put = async (shelf: Shelf, id: string, value: unknown): Promise<void> => {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const plain = new TextEncoder().encode(JSON.stringify(value))
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(shelf + id) },
    await key(),
    plain,
  )
  await use(shelf, 'readwrite', (store) => store.put({ id, iv, sealed } satisfies Sealed, id))
}

/** Everything on a shelf. What no longer opens (the browser lost the key) is thrown out: nobody can read it. */
export const all = async <T>(shelf: Shelf): Promise<(T & { id: string })[]> => {
  const rows = await use(shelf, 'readonly', (store) => store.getAll() as IDBRequest<Sealed[]>)
  const opened = await Promise.all(
    rows.map(async ({ id, iv, sealed }) => {
      try {
        const additionalData = new TextEncoder().encode(shelf + id)
        const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, await key(), sealed)
        return { ...(JSON.parse(new TextDecoder().decode(plain)) as T), id }
      } catch {
        await drop(shelf, id)
        return undefined
      }
    }),
  )
  return opened.filter((one) => one !== undefined)
}

export const drop = async (shelf: Shelf, id: string): Promise<void> => {
  await use(shelf, 'readwrite', (store) => store.delete(id))
}
export const clear = async (shelf: Shelf): Promise<void> => {
  await use(shelf, 'readwrite', (store) => store.clear())
}
