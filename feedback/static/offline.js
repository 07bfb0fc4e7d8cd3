// Sends what waits on this phone, once, and keeps a survey ready to go on without a network.
// What waits is let go of only when our server says that it has it.
(() => {
  "use strict";
  const store = self.heardStore;
  const about = document.querySelector("meta[name=offline]").dataset;
  const shell = new URL(about.shell, location.href);
  const slug = shell.pathname.split("/")[2];
  const PATIENCE = 20000;
  const MINE = "heard-walks"; // in this tab alone: which walks are its own
  const LONGEST_PAUSE = 300000;
  const HOUR = 3600000;
  const kiosk = "kiosk" in about;
  const sending = new Set();
  const listeners = [];
  let left = false;
  let timer = null;

  // ---- Which walks are this tab's: others' words are never shown in it.
  const mine = () => {
    try {
      return JSON.parse(sessionStorage.getItem(MINE)) ?? {};
    } catch {
      return {};
    }
  };
  const remember = (walks) => {
    try {
      sessionStorage.setItem(MINE, JSON.stringify(walks));
    } catch {
      // A phone that keeps nothing.
    }
  };
  const own = (key) => remember({ ...mine(), [slug]: { key } });
  const ownKey = () => mine()[slug]?.key ?? null;
  const expect = (waits) => remember({ ...mine(), [slug]: { ...mine()[slug], waits } });
  const disown = () => {
    const { [slug]: _gone, ...rest } = mine();
    remember(rest);
  };

  // ---- Sending
  let telling = null;
  const tell = () => {
    telling ??= setTimeout(() => {
      telling = null;
      if (!left) listeners.forEach((listener) => listener());
    }, 50);
  };
  const channel = () => {
    try {
      return new BroadcastChannel("heard-outbox");
    } catch {
      return null; // none in this browser, or refused with the rest: Firefox where every site's data is blocked
    }
  };
  const air = channel();
  const tellAll = () => {
    tell();
    air?.postMessage("changed");
  };
  if (air) air.onmessage = tell;

  const ask = async (address, options) => {
    const cut = new AbortController();
    const timeout = setTimeout(() => cut.abort(), PATIENCE);
    try {
      const answer = await fetch(address, { cache: "no-store", ...options, signal: cut.signal });
      const said = await answer.json().catch(() => null); // what is no JSON is a hotel's sign-in page, or a proxy's
      return { status: answer.status, said };
    } finally {
      clearTimeout(timeout);
    }
  };
  const parcel = ({ key, token, version, pages, readers }) => JSON.stringify({ key, token, version, pages, readers });
  const address = (record) => `/s/${record.slug}/outbox-send?lang=${encodeURIComponent(record.language)}`;
  const hand = (record) =>
    ask(address(record), { method: "POST", headers: { "Content-Type": "application/json" }, body: parcel(record) });

  const deliver = async (record) => {
    let { status, said } = await hand(record);
    if (status === 403 && said?.token_expired) {
      const old = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ token: record.token }) };
      const fresh = await ask(`/s/${record.slug}/outbox-token`, old);
      if (!fresh.said?.token) throw new Error("no token");
      record.token = fresh.said.token;
      ({ status, said } = await hand(record));
    }
    if (status === 200 && said?.kept) return settled(record, said);
    if (status === 404 && said?.closed) return stuck(record, "closed", {});
    if (status === 413 || ((status === 400 || status === 422) && said)) return stuck(record, "fault", said ?? {});
    throw new Error(`not taken: ${status}`);
  };
  const settled = async (record, said) => {
    const { key, slug: of, own: isOwn } = record;
    const at = Date.now();
    // Of a shared screen only the number stays: with the key, or the code, somebody's words could be opened.
    const receipt = record.kiosk ? { key: crypto.randomUUID(), slug: of, kiosk: true, at } : { key, slug: of, own: isOwn, at, ...said };
    if (record.kiosk && key === self.heardOffline.inView) self.heardOffline.told = { key, ...said };
    memory.delete(key);
    await store.settle(key, receipt).catch(() => fleeting.set(receipt.key, receipt));
  };
  const stuck = (record, state, said) =>
    keep({ ...record, state, problems: said.problems ?? {}, problem: said.problem ?? "", after: Date.now() + HOUR });

  // Where the phone can't keep anything, this page holds it, and says so.
  const memory = new Map();
  const fleeting = new Map();
  const keep = async (record) => {
    try {
      await store.put("outbox", record);
      memory.delete(record.key);
    } catch {
      memory.set(record.key, record);
    }
  };
  const waiting = async () => {
    const kept = await store.all("outbox").catch(() => []);
    return [...kept.filter((each) => !memory.has(each.key)), ...memory.values()];
  };
  const sent = async () => [...(await store.all("sent").catch(() => [])), ...fleeting.values()];

  // What was not taken from a shared screen can be put right by nobody: it is tried again each hour.
  const goesOn = (each) => each.state === "waiting" || each.kiosk;
  const due = (records, now) =>
    records
      .filter((each) => goesOn(each) && each.after <= (each.state === "waiting" ? now : Date.now()))
      .sort((a, b) => a.after - b.after);
  const pause = (tries) => Math.min(LONGEST_PAUSE, 2000 * 2 ** tries) * (0.5 + Math.random() / 2);

  const sendAll = async (atOnce) => {
    for (const record of due(await waiting(), atOnce ? Infinity : Date.now())) {
      if (left) return;
      sending.add(record.key);
      tellAll();
      try {
        await deliver(record);
      } catch (fault) {
        await keep({ ...record, tries: record.tries + 1, after: Date.now() + pause(record.tries) });
        if (fault.name === "TypeError" || fault.name === "AbortError") return; // no network: the rest waits too
      } finally {
        sending.delete(record.key);
        tellAll();
      }
    }
  };
  const alone = (work) =>
    navigator.locks
      ? navigator.locks.request("heard-outbox", { ifAvailable: true }, (lock) => (lock ? work() : undefined))
      : store.lease("outbox", 60, work).catch(work);
  // One round after the other: a network that comes while an old one is still being waited for gets its turn.
  let rounds = Promise.resolve();
  const flush = (atOnce = false) => {
    rounds = rounds.then(() => round(atOnce)).catch(() => {});
    return rounds;
  };
  const round = async (atOnce) => {
    if (left) return;
    clearTimeout(timer);
    await alone(() => sendAll(atOnce));
    tell();
    const rest = (await waiting()).filter(goesOn);
    clearTimeout(timer);
    if (rest.length) timer = setTimeout(() => flush(), Math.max(1000, Math.min(...rest.map((each) => each.after)) - Date.now()));
  };

  const queue = async (walk) => {
    const record = { ...walk, state: "waiting", tries: 0, after: 0, own: false, problems: {}, problem: "" };
    navigator.storage?.persist?.().catch(() => {});
    try {
      await store.queue(record);
      expect(true);
    } catch {
      memory.set(record.key, record);
    }
    tellAll();
    return record;
  };

  // ---- Leaving: what was sent already gets one last chance to reach us; then nothing of it is on the phone.
  let mirror = [];
  const forget = () => {
    left = true;
    clearTimeout(timer);
    for (const record of mirror) {
      fetch(address(record), {
        method: "POST", headers: { "Content-Type": "application/json" }, body: parcel(record), keepalive: true,
      }).catch(() => {});
    }
    mirror = [];
    memory.clear();
    fleeting.clear();
    try {
      sessionStorage.removeItem(MINE);
    } catch {
      // Nothing there.
    }
    return store.forget().catch(() => {});
  };
  addEventListener("heard:leave", forget);
  listeners.push(async () => {
    mirror = (await waiting()).filter((each) => each.state === "waiting" && !left);
  });

  const language = shell.searchParams.get("lang");
  const version = Number(shell.searchParams.get("version"));
  const blank = (key) => ({ key, slug, language, version, kiosk, pages: {}, readers: null, at: Date.now() });

  // For whoever is next: nothing of the one before is left, except what still waits to be sent.
  const startAnew = () => {
    const before = ownKey();
    disown();
    if (before) store.drop("walks", before).catch(() => {});
    sent().then((all) => all.filter((each) => each.slug === slug && !each.kiosk).forEach((each) => store.drop("sent", each.key)), () => {});
    fleeting.clear();
  };

  self.heardOffline = {
    about, kiosk, slug, shell, isLeft: () => left, own, ownKey, disown, queue, flush, waiting, sent, keep, forget, startAnew, blank, listeners, memory,
    inView: null, told: null, sending, lostOne: async (held) => Boolean(mine()[slug]?.waits) && !held.some((each) => each.key === ownKey()),
    sendNow: async () => {
      for (const each of await waiting()) if (goesOn(each)) await keep({ ...each, state: "waiting", after: 0 });
      return flush(true);
    },
    forgetSent: async () => {
      for (const each of await sent()) await store.drop("sent", each.key).catch(() => {});
      fleeting.clear();
      disown();
      tell();
    },
    drop: async (key) => {
      memory.delete(key);
      await store.drop("outbox", key).catch(() => {});
      disown();
      tellAll();
    },
  };

  addEventListener("online", () => flush(true));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush(true));
  tell();
  flush(true);
})();
