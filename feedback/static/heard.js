// Everything works without this. With it, leaving is quicker and leaves no draft behind.
(() => {
  "use strict";
  const exit = document.querySelector(".exit");
  if (!exit) return;

  const leave = () => {
    document.documentElement.hidden = true; // first: nothing to be seen over a shoulder
    document.title = "\u200b";
    const where = exit.getAttribute("ping");
    if (where) {
      const form = new FormData();
      const token = document.querySelector("input[name=token]");
      if (token) form.append("token", token.value);
      fetch(where, { method: "POST", body: new URLSearchParams(form), keepalive: true }).catch(() => {});
    }
    try {
      top.location.replace(exit.href); // out of another site's page too
    } catch {
      location.replace(exit.href);
    }
    if (!("kiosk" in exit.dataset)) forget(); // a shared screen still holds what others sent
  };

  // What this site keeps on the phone. None of it is waited for; what is missed here, the server clears.
  const forget = () => {
    dispatchEvent(new Event("heard:leave")); // whoever holds a database open lets it go
    const ours = (name) => name.startsWith("heard");
    self.indexedDB?.databases?.().then((all) =>
      all.filter((each) => ours(each.name)).forEach((each) => indexedDB.deleteDatabase(each.name)), () => {});
    self.caches?.keys().then((all) => all.filter(ours).forEach((each) => caches.delete(each)), () => {});
    navigator.serviceWorker?.getRegistrations().then((all) => all.forEach((each) => each.unregister()), () => {});
  };

  // A keyboard or a zoomed-in page pushes the bar out of sight: it follows what can be seen.
  const seen = self.visualViewport;
  const follow = () => {
    const root = document.documentElement;
    const aside = root.dir === "rtl" ? seen.offsetLeft : seen.offsetLeft + seen.width - root.clientWidth;
    exit.style.translate = `${aside}px ${seen.offsetTop}px`;
  };
  seen?.addEventListener("scroll", follow);
  seen?.addEventListener("resize", follow);

  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    presses = [...presses.filter((at) => event.timeStamp - at < 2000), event.timeStamp];
    if (presses.length > 2) leave();
  });

  // Once somebody writes, what may show who they are is looked for; never before, and never a must.
  document.addEventListener("input", ({ target }) => {
    const form = target.closest("form[data-guard]");
    if (!form || (target.type !== "textarea" && target.type !== "text")) return;
    const { guard, rules } = form.dataset;
    delete form.dataset.guard;
    import(guard).then((found) => found.guard(form, rules)).catch(() => {});
  });

  // Back to here after leaving is not having begun just now.
  const here = new URL(location);
  if (here.searchParams.has("begun")) {
    here.searchParams.delete("begun");
    history.replaceState(history.state, "", here);
  }

  // "None of these" and the rest take turns.
  document.addEventListener("change", ({ target }) => {
    if (target.type !== "checkbox" || !target.checked) return;
    for (const other of document.getElementsByName(target.name)) {
      if (other !== target && ("none" in other.dataset || "none" in target.dataset)) other.checked = false;
    }
  });

  // A page that comes back from the browser's memory was left for a reason.
  addEventListener("pageshow", (event) => {
    if (event.persisted && document.documentElement.hidden) location.reload();
  });

  // What lets a survey go on without a network comes last of all; not in another site's page, for which only the
  // browser itself can ask: what a worker asks for is not let into a frame.
  const later = document.querySelector("meta[name=offline]")?.content;
  if (later && self.indexedDB && self === top) addEventListener("load", () => {
    for (const src of later.split(" ")) document.head.append(Object.assign(document.createElement("script"), { src, async: false }));
  });
})();
