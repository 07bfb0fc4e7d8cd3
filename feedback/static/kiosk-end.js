// This is no shared screen any more: what opened it without a network goes. What waits to be sent stays.
(async () => {
  "use strict";
  const KIOSK = "heard-kiosk";
  const first = `/kiosk/${self.heardOffline.slug}`;
  if (!(await self.caches?.has(KIOSK))) return;
  // Whoever was here last is nobody's to see; should their words wait still, the rest of them stays at our server.
  if (location.pathname !== first) fetch(`${first}?waits=1`).catch(() => {});
  await caches.delete(KIOSK);
  await (await navigator.serviceWorker?.getRegistration("/kiosk/"))?.unregister();
})();
