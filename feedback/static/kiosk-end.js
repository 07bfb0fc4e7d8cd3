// This is no shared screen any more: what opened it without a network goes. What waits to be sent stays.
(() => {
  "use strict";
  // Whoever was here last is nobody's to see; should their words wait still, the rest of them stays at our server.
  const first = `/kiosk/${self.heardOffline.slug}`;
  if (location.pathname !== first) fetch(`${first}?waits=1`).catch(() => {});
  self.caches?.delete("heard-kiosk").catch(() => {});
  navigator.serviceWorker?.getRegistration("/kiosk/").then((each) => each?.unregister(), () => {});
})();
