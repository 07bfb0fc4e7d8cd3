// What this phone keeps until it is sent: walks that go on, answers that wait, codes that came back.
(() => {
  "use strict";
  const NAME = "heard";
  const SHELVES = ["walks", "outbox", "sent", "leases"];
  let opened = null;

  const open = () => {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        for (const shelf of SHELVES) request.result.createObjectStore(shelf, { keyPath: "key" });
      };
      request.onsuccess = () => {
        const database = request.result;
        const close = () => {
          database.close();
          opened = null;
        };
        database.onversionchange = close;
        database.onclose = close;
        addEventListener("heard:leave", close, { once: true });
        resolve(database);
      };
      request.onerror = () => reject(request.error);
    }).catch((fault) => {
      opened = null;
      throw fault;
    });
    return opened;
  };

  // `work` gets the shelves it names and may return a request, whose result is handed back. All of it or nothing.
  const within = async (names, mode, work) => {
    let transaction;
    try {
      transaction = (await open()).transaction(names, mode);
    } catch (fault) {
      if (fault.name !== "InvalidStateError") throw fault;
      opened = null; // some phones close it while we sleep
      transaction = (await open()).transaction(names, mode);
    }
    return new Promise((resolve, reject) => {
      const asked = work(...names.map((name) => transaction.objectStore(name)));
      transaction.oncomplete = () => resolve(asked?.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  };

  const get = (shelf, key) => within([shelf], "readonly", (held) => held.get(key));
  const all = (shelf) => within([shelf], "readonly", (held) => held.getAll());
  const put = (shelf, record) => within([shelf], "readwrite", (held) => held.put(record));
  const drop = (shelf, key) => within([shelf], "readwrite", (held) => held.delete(key));

  // From a walk to the outbox, and from the outbox to what was sent: never in both, never in neither.
  const queue = (record) =>
    within(["walks", "outbox"], "readwrite", (walks, outbox) => {
      walks.delete(record.key);
      outbox.put(record);
    });
  const settle = (key, receipt) =>
    within(["walks", "outbox", "sent"], "readwrite", (walks, outbox, sent) => {
      walks.delete(key);
      outbox.delete(key);
      sent.put(receipt);
    });

  // One page at a time takes or changes a walk, so that what two of them keep is not lost between them.
  const change = (shelf, key, edit) =>
    within([shelf], "readwrite", (held) => {
      const asked = held.get(key);
      asked.onsuccess = () => {
        const edited = edit(asked.result);
        if (edited) held.put(edited);
      };
    });

  // Where a browser has no locks between tabs: whoever writes its name here first goes first.
  const lease = async (name, seconds, work) => {
    let taken = false;
    await change("leases", name, (held) => {
      taken = !held || held.until < Date.now();
      return taken && { key: name, until: Date.now() + seconds * 1000 };
    });
    if (!taken) return undefined;
    try {
      return await work();
    } finally {
      await drop("leases", name);
    }
  };

  // A page and the files it asks for. They come first, so that a page that is there is one that opens.
  const keepPage = async (cache, address, isLeft = () => false) => {
    const kept = await cache.match(address);
    const answer = kept ?? (await fetch(address));
    if (!answer.ok || isLeft()) throw new Error("not kept");
    const page = new DOMParser().parseFromString(await answer.clone().text(), "text/html");
    const whole = (each) => new URL(each, location.href).href;
    const there = new Set((await cache.keys()).map((each) => each.url));
    const linked = [...page.querySelectorAll("head link[href], head script[src]")].map(
      (each) => whole(each.getAttribute("href") ?? each.getAttribute("src")),
    );
    const also = (page.getElementById("offline")?.dataset.also.split(" ") ?? []).map(whole); // for who begins to write
    await cache.addAll(linked.filter((each) => !there.has(each)));
    await Promise.all(also.filter((each) => !there.has(each)).map((each) => keepIfThere(cache, each)));
    if (!kept) await cache.put(address, answer);
    return [...linked, ...also];
  };
  // Nice to have: without it the survey goes on all the same.
  const keepIfThere = async (cache, address) => {
    const answer = await fetch(address).catch(() => undefined);
    if (answer?.ok) await cache.put(address, answer);
  };

  const forget = async () => {
    (await opened)?.close();
    opened = null;
    indexedDB.deleteDatabase(NAME);
  };

  self.heardStore = { open, get, all, put, drop, queue, settle, change, lease, keepPage, forget };
})();
