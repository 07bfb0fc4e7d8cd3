// Opens a survey where there is no network. It keeps nothing itself: a page of the survey puts its shell and
// that shell's files into the cache. No page with anybody's words is ever in there.
"use strict";
const CACHE = "heard-offline";
const KIOSK = "heard-kiosk"; // on a shared screen: its first screen, and the shell in every language
const PATIENCE = { GET: 3000, POST: 15000 }; // milliseconds until a network counts as none
const GUARD = "/guard.json"; // what is looked for while somebody writes
const NO_SERVER = 502; // and above: something stands between us and our server

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && request.destination === "document") event.respondWith(page(request, url));
  else if (request.method === "GET" && (url.pathname.startsWith("/static/") || url.pathname === GUARD)) event.respondWith(file(request));
});

const page = async (request, url) => {
  const [, part, slug] = url.pathname.split("/");
  const first = await kept(KIOSK, `/kiosk/${slug}/kept`).catch(() => undefined);
  if (first) return shared(request, url, slug, first);
  const shell = part === "s" && (await shellFor(url, slug, CACHE).catch(() => undefined));
  if (!shell) return fetch(request);
  if (url.pathname.endsWith("/offline-shell")) return shell;
  return (await fromServer(request)) ?? (request.method === "POST" ? onwards(url) : shell);
};

const fromServer = async (request) => {
  try {
    const answer = await inTime(fetch(request), PATIENCE[request.method]);
    return answer.status < NO_SERVER ? answer : undefined;
  } catch {
    return undefined; // No network: the shell goes on.
  }
};

// What was posted is on the phone already: the shell goes on after it.
const onwards = (url) => {
  const [, , slug, step] = url.pathname.split("/");
  const where = new URLSearchParams(url.search);
  where.set("after", step || "");
  return Response.redirect(`/s/${slug}/offline-shell?${where}`, 303);
};

// ---- A shared screen. When its first screen opens without a network, our server still takes this browser for
// the last person's. It hears that they are gone before it is asked for anything else.
const shared = async (request, url, slug, first) => {
  const shell = (await shellFor(url, slug, KIOSK)) ?? first;
  if (url.pathname.endsWith("/offline-shell")) return shell;
  const isFirst = url.pathname === `/kiosk/${slug}`;
  const answer = (await tellOfLeaving(slug)) && (await (isFirst ? firstFromServer(url.href) : fromServer(request)));
  if (answer) return answer;
  if (isFirst) {
    await (await caches.open(KIOSK)).put(untold(slug), new Response(url.search));
    return first;
  }
  return request.method === "POST" ? onwards(url) : shell;
};
const untold = (slug) => `/kiosk/${slug}/untold`;
const tellOfLeaving = async (slug) => {
  const cache = await caches.open(KIOSK);
  const note = await cache.match(untold(slug));
  if (!note) return true;
  const heard = await firstFromServer(`/kiosk/${slug}${await note.text()}`);
  if (heard) await cache.delete(untold(slug));
  return Boolean(heard);
};
// It lets go of a cookie: an answer that came late would take the next person's.
const firstFromServer = async (address) => {
  const cut = new AbortController();
  const answer = await fromServer(new Request(address, { redirect: "manual", signal: cut.signal }));
  if (!answer) cut.abort();
  return answer;
};

// ---- What is kept
const shellFor = (url, slug, name) => kept(name, `/s/${slug}/offline-shell`, url.searchParams.get("lang"));

const kept = async (name, path, wanted) => {
  if (!(await caches.has(name))) return undefined;
  const cache = await caches.open(name);
  const all = (await cache.keys()).filter((each) => new URL(each.url).pathname === path);
  const best = all.find((each) => wanted && new URL(each.url).searchParams.get("lang") === wanted) || all.pop();
  return best && cache.match(best);
};

const file = async (request) => {
  for (const name of [KIOSK, CACHE]) {
    const found = (await caches.has(name)) && (await caches.match(request, { cacheName: name }));
    if (found) return found;
  }
  return fetch(request);
};

const inTime = (answer, milliseconds) =>
  Promise.race([answer, new Promise((_, refuse) => setTimeout(refuse, milliseconds, new Error("too slow")))]);
