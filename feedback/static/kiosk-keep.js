// What lets a worker go round with a shared screen where there is no network: its first screen and the survey in
// every language, kept on the tablet. The first screen says when all of it is there.
(() => {
  "use strict";
  const store = self.heardStore;
  const tablet = document.getElementById("tablet");
  const keeps = tablet.dataset.keeps.split(" ").map((each) => new URL(each, location.href).href);

  const say = (state) => {
    for (const line of tablet.children) line.hidden = line.dataset.tablet !== state;
  };

  const serves = async (script) => {
    const { installing, waiting, active } = await navigator.serviceWorker.register(script);
    const worker = active ?? waiting ?? installing;
    if (worker.state === "activated") return;
    await new Promise((resolve, reject) => {
      worker.addEventListener("statechange", () => {
        if (worker.state === "activated") resolve();
        if (worker.state === "redundant") reject(new Error("no worker"));
      });
    });
  };

  const keepAll = async (cache) => {
    const missing = [];
    for (const each of keeps) if (!(await cache.match(each))) missing.push(each);
    if (!missing.length) return;
    say("not-yet");
    const wanted = new Set(keeps);
    for (const each of keeps) for (const file of await store.keepPage(cache, each)) wanted.add(file);
    for (const old of await cache.keys()) if (!wanted.has(old.url) && !old.url.endsWith("/untold")) await cache.delete(old);
  };

  const makeReady = async () => {
    await store.open(); // a tablet that keeps no words can't go
    navigator.storage?.persist?.().catch(() => {});
    await keepAll(await caches.open("heard-kiosk"));
    await Promise.all(["/s/sw.js", "/kiosk/sw.js"].map(serves));
    say("ready");
  };

  makeReady().catch(() => {
    say("not-yet");
    addEventListener("online", () => makeReady().catch(() => {}));
  });
})();
