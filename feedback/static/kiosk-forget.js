// Whoever was at this shared screen before is forgotten: what they began and did not send. What was sent and
// waits stays, whatever is pressed: it is nobody's to see, and ours to bring home.
(() => {
  "use strict";
  const { heardStore: store, heardOffline: offline } = self;
  const LEFT = 180000; // milliseconds in which a screen that nobody touches clears itself
  const own = offline.ownKey();
  offline.disown();
  const forget = async () => {
    for (const walk of await store.all("walks")) {
      if (walk.kiosk && (walk.key === own || Date.now() - walk.at > LEFT)) await store.drop("walks", walk.key);
    }
  };
  forget().catch(() => {});
  // A tab that was left open elsewhere clears too; it says so in its address, and need not be answered.
  try {
    if (location.hash !== "#told") new BroadcastChannel("heard-kiosk").postMessage("anew");
  } catch {
    // None in this browser, or refused with the rest.
  }
})();
