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
      listeners.forEach((listener) => listener());
    }, 50);
  };
  const air = "BroadcastChannel" in self ? new BroadcastChannel("heard-outbox") : null;
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
      const fresh = await ask(`/s/${record.slug}/outbox-token`);
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
    const receipt = { key: record.key, slug: record.slug, own: record.own, at: Date.now(), ...said };
    memory.delete(record.key);
    await store.settle(receipt).catch(() => fleeting.set(record.key, receipt));
  };
  const stuck = (record, state, said) => keep({ ...record, state, problems: said.problems ?? {}, problem: said.problem ?? "" });

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

  const due = (records, now) =>
    records.filter((each) => each.state === "waiting" && each.after <= now).sort((a, b) => a.after - b.after);
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
    const rest = (await waiting()).filter((each) => each.state === "waiting");
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

  // ---- What a page that came from our server does for the way ahead
  const keepShell = async () => {
    const cache = await caches.open("heard-offline");
    if (await cache.match(shell.href)) return;
    const answer = await fetch(shell.href);
    if (!answer.ok || left) return;
    const page = new DOMParser().parseFromString(await answer.clone().text(), "text/html");
    const files = [...page.querySelectorAll("head link[href], head script[src]")].map(
      (each) => new URL(each.getAttribute("href") ?? each.getAttribute("src"), location.href),
    );
    await cache.addAll(files.map((each) => each.href));
    const paths = new Set(files.map((each) => each.pathname));
    for (const old of await cache.keys()) {
      const { pathname, searchParams, href } = new URL(old.url);
      const shellBefore = pathname === shell.pathname && searchParams.get("lang") === shell.searchParams.get("lang");
      if (shellBefore || (paths.has(pathname) && !files.some((each) => each.href === href))) await cache.delete(old);
    }
    await cache.put(shell.href, answer);
  };

  const stepOf = (form) => new URL(form.action, location.href).pathname.split("/")[3];
  const NOT_ANSWERS = new Set(["token", "back", "later"]);
  const copy = (form) => [...new FormData(form)].filter(([name, value]) => !NOT_ANSWERS.has(name) && typeof value === "string");
  const language = shell.searchParams.get("lang");
  const version = Number(shell.searchParams.get("version"));
  const blank = (key) => ({ key, slug, language, version, pages: {}, readers: null, at: Date.now() });

  const onPosting = ({ target: form, submitter }) => {
    const step = form.method === "post" && stepOf(form);
    if (step === "begin") {
      startAnew();
    } else if (step === "stop-here") {
      store.drop("walks", about.key).catch(() => {});
      disown();
    } else if (step && about.key) {
      const wentBack = submitter?.name === "back";
      const stays = ["speak", "take-out-now"].includes(submitter?.name);
      store
        .change("walks", about.key, (held) => {
          const walk = held ?? { ...blank(about.key), begunOnline: true };
          const pages = submitter?.name === "take-out-now" ? {} : walk.pages;
          if (step === "who") return { ...walk, readers: copy(form).find(([name]) => name === "readers")?.[1] ?? null, wentBack, stays };
          if (step === "check") return { ...walk, pages, wentBack, stays };
          return { ...walk, pages: { ...pages, [step]: copy(form) }, wentBack, stays };
        })
        .catch(() => {});
    }
  };
  // For whoever is next: nothing of the one before is left, except what still waits to be sent.
  const startAnew = () => {
    const before = ownKey();
    disown();
    if (before) store.drop("walks", before).catch(() => {});
    sent().then((all) => all.filter((each) => each.slug === slug).forEach((each) => store.drop("sent", each.key)), () => {});
    fleeting.clear();
  };

  // ---- What people see of it: numbers only. A code shows where its teller sent it, or on their own phone.
  const render = async () => {
    const [box] = document.querySelectorAll("[data-outbox]");
    if (!box || left) return;
    const elsewhere = (each) => each.key !== self.heardOffline.inView; // what a page is all about, it says itself
    const [kept, gone] = [(await waiting()).filter(elsewhere), (await sent()).filter(elsewhere)];
    const busy = kept.filter((each) => sending.has(each.key)).length;
    const wait = kept.filter((each) => each.state === "waiting").length - busy;
    const counts = {
      waiting: Math.max(0, wait),
      sending: busy,
      stuck: kept.filter((each) => each.state !== "waiting").length,
      sent: gone.length,
      lost: mine()[slug]?.waits && elsewhere({ key: ownKey() }) && ![...kept, ...gone].some((each) => each.key === ownKey()) ? 1 : 0,
    };
    const spoken = new Intl.NumberFormat(document.documentElement.lang);
    for (const line of box.querySelectorAll("[data-count]")) {
      const count = counts[line.dataset.count];
      line.dataset.text ??= line.textContent;
      const said = line.dataset.text.replace("{n}", spoken.format(count));
      if (line.textContent !== said) line.textContent = said;
      line.hidden = !count;
    }
    const codes = gone.filter((each) => each.code && each.slug === slug && each.own);
    const [shown] = box.querySelectorAll("[data-codes]");
    shown.hidden = !codes.length;
    shown.querySelectorAll(".code").forEach((each) => each.remove());
    for (const { code } of codes) {
      const line = document.createElement("strong");
      Object.assign(line, { className: "code", dir: "ltr", textContent: code });
      shown.append(line);
    }
    box.querySelector("[data-do=send]").hidden = !counts.waiting;
    box.querySelector("[data-do=dismiss]").hidden = !counts.sent && !counts.lost;
    box.hidden = !Object.values(counts).some(Boolean);
  };
  listeners.push(render);
  document.addEventListener("click", async ({ target }) => {
    const what = target.closest?.("[data-outbox] [data-do]")?.dataset.do;
    if (what === "send") flush(true);
    if (what === "dismiss") {
      for (const each of await sent()) await store.drop("sent", each.key).catch(() => {});
      fleeting.clear();
      disown();
      render();
    }
  });

  self.heardOffline = {
    about, slug, shell, own, ownKey, disown, queue, flush, waiting, sent, keep, forget, startAnew, blank, listeners, memory,
    inView: null,
    drop: async (key) => {
      memory.delete(key);
      await store.drop("outbox", key).catch(() => {});
      disown();
      tellAll();
    },
  };

  // What nobody can get at any more: walks of tabs that were closed, codes that were shown for half an hour.
  const tidy = async () => {
    const old = (record, minutes) => Date.now() - record.at > minutes * 60000;
    for (const walk of await store.all("walks")) if (old(walk, 1440)) await store.drop("walks", walk.key);
    for (const each of await store.all("sent")) if (!each.own && old(each, 30)) await store.drop("sent", each.key);
  };

  if (about.key && "done" in about) {
    store.drop("walks", about.key).then(() => store.drop("outbox", about.key)).catch(() => {});
    disown();
  } else if (about.key) {
    own(about.key);
  }
  document.addEventListener("submit", onPosting);
  addEventListener("online", () => flush(true));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush(true));
  navigator.serviceWorker?.register("/s/sw.js").then(keepShell).catch(() => {});
  tidy().catch(() => {}); // it also opens the database before a form is sent: then its copy is kept at once
  render().then(() => flush(true), () => {});
})();
