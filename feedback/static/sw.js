// Opens a survey where there is no network. It keeps nothing itself: a page of the survey puts its shell and
// that shell's files into the cache. No page with anybody's words is ever in there.
"use strict";
const CACHE = "heard-offline";
const PATIENCE = { GET: 3000, POST: 15000 }; // milliseconds until a network counts as none
const GUARD = "/guard.json"; // what is looked for while somebody writes
const NO_SERVER = 502; // and above: something stands between us and our server

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, url));
  else if (request.method === "GET" && (url.pathname.startsWith("/static/") || url.pathname === GUARD)) event.respondWith(file(request));
});

const page = async (request, url) => {
  const shell = await shellFor(url).catch(() => undefined);
  if (!shell) return fetch(request);
  if (url.pathname.endsWith("/offline-shell")) return shell;
  try {
    const answer = await inTime(fetch(request), PATIENCE[request.method]);
    if (answer.status < NO_SERVER) return answer;
  } catch {
    // No network: the shell goes on.
  }
  return request.method === "POST" ? onwards(url) : shell;
};

// What was posted is on the phone already: the shell goes on after it.
const onwards = (url) => {
  const [, , slug, step] = url.pathname.split("/");
  const where = new URLSearchParams(url.search);
  where.set("after", step || "");
  return Response.redirect(`/s/${slug}/offline-shell?${where}`, 303);
};

const shellFor = async (url) => {
  const [, , slug] = url.pathname.split("/");
  if (!(await caches.has(CACHE))) return undefined;
  const cache = await caches.open(CACHE);
  const kept = (await cache.keys()).filter((each) => new URL(each.url).pathname === `/s/${slug}/offline-shell`);
  const wanted = url.searchParams.get("lang");
  const spoken = kept.find((each) => wanted && new URL(each.url).searchParams.get("lang") === wanted);
  const best = spoken || kept.pop();
  return best && cache.match(best);
};

const file = async (request) => {
  const kept = await caches.has(CACHE) && (await caches.match(request, { cacheName: CACHE }));
  return kept || fetch(request);
};

const inTime = (answer, milliseconds) =>
  Promise.race([answer, new Promise((_, refuse) => setTimeout(refuse, milliseconds, new Error("too slow")))]);
