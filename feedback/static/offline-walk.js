// A walk through a survey without a network: from page to page in the shell, and into the outbox at its end.
// One key goes with it from its first page to the row at our server, wherever it was begun.
(() => {
  "use strict";
  const { heardStore: store, heardOffline: offline, heardPages: pages, heardRoutes: routes } = self;
  const { root, place, rules } = pages;
  const { slug, language, version, token } = root.dataset;
  const home = new URL(root.dataset.home, location.href).pathname;
  const kiosk = root.dataset.kiosk; // on a shared screen: the address of its first screen
  // The shell's own address for each step: a reload comes back to it, with a network and without.
  const address = (to, lang = language) =>
    to === "start" ? `${kiosk ? `${kiosk}/start` : home}?${new URLSearchParams({ lang })}` : `${home}/offline-shell?${new URLSearchParams({ lang, at: to })}`;
  let walk = null;
  let step = "start";
  let toCheck = false;
  let late = {}; // what the server said about pages, until they are right

  const randomKey = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
  const answers = () => routes.onPath(rules, routes.answersOf(rules, walk.pages));
  const path = () => routes.path(rules, answers());
  const after = (page) => {
    const order = rules.map((each) => each.id);
    return path().find((each) => order.indexOf(each) > order.indexOf(page)) ?? "who";
  };
  const before = (page) => {
    const order = rules.map((each) => each.id);
    const until = order.includes(page) ? order.indexOf(page) : order.length;
    return path().filter((each) => order.indexOf(each) < until).pop() ?? "start";
  };

  const keep = async () => {
    walk.at = Date.now();
    await store.put("walks", walk).catch(() => pages.say("refused"));
  };

  // ---- On a shared screen: whose page this was is forgotten by its first screen.
  const letGo = () => {
    document.documentElement.hidden = true;
    location.replace(kiosk);
  };
  // What was sent waits, whatever is pressed: a draft of it at our server stays until it has come.
  const clearsSooner = (sent) => {
    if (!kiosk) return;
    const { dataset } = document.getElementById("idle");
    dataset.idle = sent ? dataset.done : (dataset.usual ??= dataset.idle);
    if (sent) document.querySelector("a[data-kiosk]").href = `${kiosk}?waits=1`;
  };

  // ---- Showing
  const numbers = (page) => {
    const ids = path();
    return [page === "who" ? ids.length + 1 : ids.indexOf(page) + 1, ids.length + 1].map((number) =>
      new Intl.NumberFormat("en", { useGrouping: false }).format(number),
    );
  };
  const render = (faults = []) => {
    if (step === "start") return pages.showStart();
    if (step === "who") return pages.showWho(walk.readers, numbers("who"));
    if (step === "check") return pages.showCheck(walk, answers(), home, faults);
    const page = rules.find((each) => each.id === step);
    return pages.showQuestions(page, walk.pages[step] ?? [], answers(), numbers(step), faults);
  };
  const go = (next, replace = false) => {
    step = next;
    clearsSooner(false);
    offline.inView = null;
    if (replace) history.replaceState({ step }, "", address(step));
    else if (history.state?.step !== step) history.pushState({ step }, "", address(step));
    for (const link of document.querySelectorAll("nav a[hreflang]")) link.href = address(step, link.hreflang);
    render(Object.entries(late[next] ?? {}));
  };
  addEventListener("popstate", ({ state }) => {
    if (!state?.step) return;
    if (kiosk && !walk && state.step !== "start") return letGo();
    step = walk || state.step === "start" ? state.step : "start";
    if (settledStep(step)) showWhereItIs();
    else render();
  });

  // ---- Steps
  // An address may name the service that is meant; in a sensitive survey it never does.
  const preset = () => {
    const asked = new URLSearchParams(location.search).get("service");
    if (!asked || pages.sensitive) return {};
    const asking = rules.filter((page) => page.questions.some((question) => question.type === "service"));
    return Object.fromEntries(
      asking.map((page) => [page.id, [[page.questions.find((question) => question.type === "service").id, asked]]]),
    );
  };
  const begin = async () => {
    offline.startAnew();
    walk = { ...offline.blank(randomKey()), language, version: Number(version), token, pages: preset() };
    late = {};
    offline.own(walk.key);
    pages.say(null);
    await keep();
    go(rules[0].id);
  };
  const answer = async (form, back) => {
    const page = rules.find((each) => each.id === step);
    const given = pages.entries(form);
    const faults = routes.faults(page, given, pages.text("too_long"));
    const earlier = walk.pages[step];
    const hidden = pages.sensitive && earlier && !given.some(([name]) => name === "forget-page");
    const said = given.some(([, value]) => value);
    if (!hidden || said) walk.pages[step] = given;
    if (faults.length) return render(faults);
    delete late[step];
    await keep();
    if (back) return go(before(step));
    const following = toCheck ? "check" : after(step);
    toCheck = false;
    return go(following);
  };
  const choose = async (form, back) => {
    const readers = new FormData(form).get("readers");
    if (readers || !pages.sensitive) walk.readers = readers;
    await keep();
    toCheck = false;
    return go(back ? before("who") : "check");
  };
  const send = async () => {
    if (!Object.keys(answers()).length && !walk.begunOnline) return render([["", pages.text("nothing")]]);
    const onPath = new Set(path());
    const sent = Object.fromEntries(Object.entries(walk.pages).filter(([page]) => onPath.has(page)));
    const record = await offline.queue({ ...walk, language, token, pages: sent });
    if (offline.memory.has(record.key)) pages.say("refused");
    walk = null;
    step = "sent";
    offline.inView = record.key;
    history.replaceState({ step }, "", address(step));
    clearsSooner(true);
    pages.showSending();
    [present, handingIn] = [true, true];
    await offline.flush(true);
    handingIn = false;
    return showWhereItIs();
  };

  // ---- What became of it
  const settledStep = (name) => name === "sent";
  let [shown, looks, handingIn] = ["", 0, false];
  let present = !kiosk; // on a shared screen whoever sent it is surely here until it has had to wait
  const showWhereItIs = async () => {
    if (kiosk && handingIn) return undefined;
    const look = ++looks;
    const key = offline.ownKey();
    const [kept] = (await offline.waiting()).filter((each) => each.key === key);
    const told = offline.told?.key === key ? offline.told : null;
    const done = told ?? (await offline.sent()).find((each) => each.key === key);
    if (step !== "sent" || look !== looks) return undefined; // a later look has seen more
    offline.inView = kept || done ? key : null;
    const state = done ? "done" : (kept?.state ?? "gone");
    const news = `${key} ${state}`;
    if (news === shown) return undefined;
    const waited = shown === `${key} waiting`;
    shown = news;
    if (done || (kiosk && waited && !kept)) return pages.showSent(present ? done : { note: "" });
    if (present && kept?.state === "fault" && Object.keys(kept.problems).length) return correct(kept);
    present = !kiosk;
    if (kept?.state === "waiting" || (kept && kiosk)) return pages.showWaiting(kept.own);
    if (kept) return pages.showStuck(kept);
    return kiosk ? letGo() : go("start", true);
  };
  offline.listeners.push(() => {
    if (settledStep(step)) showWhereItIs();
  });

  // What the server could not take comes back to its pages, with the words in them.
  const correct = async (record) => {
    const { key, pages: said, readers, begunOnline } = record;
    walk = { ...offline.blank(key), version: record.version, token, pages: said, readers, begunOnline };
    late = record.problems;
    for (const page of Object.keys(late)) if (late[page][""]) delete walk.pages[page];
    await store.put("walks", walk).catch(() => {});
    shown = "";
    const first = rules.map((each) => each.id).find((each) => late[each]);
    go(first ?? "check");
  };

  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (!place.contains(form) || form.method === "post") return;
    event.preventDefault();
    const back = submitter?.name === "back";
    const what = form.dataset.step;
    if (what === "begin") await begin();
    else if (what === "retry") await offline.flush(true);
    else if (what === "correct") await afterStuck(submitter?.name === "drop");
    else if (step === "who") await choose(form, back);
    else if (step === "check") await (back ? go("who") : send());
    else await answer(form, back);
  });
  const afterStuck = async (drop) => {
    const key = offline.ownKey();
    const [record] = (await offline.waiting()).filter((each) => each.key === key);
    if (!drop && record) return correct(record);
    await offline.drop(key);
    return go("start", true);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#offline-page a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const to = new URL(link.href);
    const next = to.pathname.startsWith(`${home}/`) && to.pathname.slice(home.length + 1);
    if (!next || !walk || to.hash) return;
    event.preventDefault();
    toCheck = to.searchParams.get("to") === "check";
    go(next);
  });
  document.addEventListener("change", async ({ target }) => {
    if (target.name !== "own-phone") return;
    const [record] = (await offline.waiting()).filter((each) => each.key === offline.ownKey());
    if (record) await offline.keep({ ...record, own: target.checked });
  });

  // ---- Where this tab is: going on, waiting, or at the beginning
  const open = async () => {
    const asked = new URLSearchParams(location.search);
    toCheck = asked.get("to") === "check";
    const inside = location.pathname.startsWith(home) ? location.pathname.slice(home.length + 1) : "";
    const here = asked.get("after") ?? asked.get("at") ?? inside;
    if (kiosk && !here) offline.startAnew();
    const key = offline.ownKey();
    walk = key ? ((await store.get("walks", key).catch(() => null)) ?? null) : null;
    if (here === "begin") return begin();
    if (!walk) {
      const waits = key && [...(await offline.waiting()), ...(await offline.sent())].some((each) => each.key === key);
      if (kiosk && here && !waits) return letGo();
      step = waits && here ? "sent" : "start";
      history.replaceState({ step }, "", location.href);
      clearsSooner(step === "sent");
      if (step === "sent") return showWhereItIs();
      if (key && here) pages.say("cleared");
      return undefined;
    }
    if (!asked.has("after")) return goOn(here);
    if (walk.stays) return goOn(here);
    if (here === "check" && !walk.wentBack) return send();
    if (walk.wentBack) return go(here === "check" ? "who" : before(here), true);
    const known = rules.some((each) => each.id === here);
    return go(here === "who" || (known && toCheck) ? "check" : known ? after(here) : "start", true);
  };
  const goOn = (here) => {
    const known = here === "who" || here === "check" || path().includes(here);
    return go(known ? here : "start", true);
  };
  open();
})();
