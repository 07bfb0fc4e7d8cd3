// What a page that came from our server does for the way ahead: it keeps the survey's shell, and a copy of what
// it posts, so that the walk can go on where the network ends.
(() => {
  "use strict";
  const store = self.heardStore;
  const { about, shell, own, disown, blank, startAnew, isLeft } = self.heardOffline;

  const keepShell = async () => {
    const cache = await caches.open("heard-offline");
    if (await cache.match(shell.href)) return;
    const files = (await store.keepPage(cache, shell.href, isLeft)).map((each) => new URL(each));
    const sort = ({ pathname, searchParams }) => `${pathname} ${searchParams.get("lang")}`;
    const newest = new Map([shell, ...files].map((each) => [sort(each), each.href]));
    for (const old of await cache.keys()) {
      const place = sort(new URL(old.url));
      if (newest.has(place) && newest.get(place) !== old.url) await cache.delete(old);
    }
  };

  const stepOf = (form) => new URL(form.action, location.href).pathname.split("/")[3];
  const NOT_ANSWERS = new Set(["token", "back", "later"]);
  const copy = (form) => [...new FormData(form)].filter(([name, value]) => !NOT_ANSWERS.has(name) && typeof value === "string");

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
  // What nobody can get at any more: walks of tabs that were closed, codes that were shown for half an hour.
  const tidy = async () => {
    const old = (record, minutes) => Date.now() - record.at > minutes * 60000;
    for (const walk of await store.all("walks")) if (old(walk, 1440)) await store.drop("walks", walk.key);
    for (const each of await store.all("sent")) if (!each.own && old(each, each.kiosk ? 1440 : 30)) await store.drop("sent", each.key);
  };

  if (about.key && "done" in about) {
    store.drop("walks", about.key).then(() => store.drop("outbox", about.key)).catch(() => {});
    disown();
  } else if (about.key) {
    own(about.key);
  }
  document.addEventListener("submit", onPosting);
  // On a shared screen its first screen keeps the shells. Where there is none any more, its own go.
  if (!("kiosk" in about)) {
    self.caches?.delete("heard-kiosk").catch(() => {});
    navigator.serviceWorker?.register("/s/sw.js").then(keepShell).catch(() => {});
  }
  tidy().catch(() => {}); // it also opens the database before a form is sent: then its copy is kept at once
})();
