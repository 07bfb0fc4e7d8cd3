// A shared screen clears itself when nobody is there. Without this the page does it after five minutes, untold.
(() => {
  "use strict";
  const again = document.querySelector("a[data-kiosk]");
  const dialog = document.getElementById("idle");
  if (!again || !dialog) return;
  const shown = document.getElementById("idle-left"), said = document.getElementById("idle-said");
  const SAID_AT = 15; // seconds between what a screen reader says
  let touched = Date.now();

  const clear = (told = "") => {
    document.documentElement.hidden = true;
    location.replace(again.href + told);
  };

  const look = () => {
    if (self.heardOffline?.memory.size) touched = Date.now(); // this page alone holds what was sent, and shows none of it
    const { idle, warning } = dialog.dataset;
    const quiet = Math.floor((Date.now() - touched) / 1000), left = Number(idle) + Number(warning) - quiet;
    if (left <= 0) return clear();
    if (quiet < Number(idle)) return;
    if (!dialog.open) dialog.showModal();
    shown.textContent = left;
    if (left % SAID_AT === 0 || !said.textContent) said.textContent = left;
  };

  const stay = () => {
    touched = Date.now();
    said.textContent = "";
    dialog.close();
  };

  // While the warning stands, only its button counts: a sleeve on the glass is nobody.
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
    addEventListener(kind, () => { if (!dialog.open) touched = Date.now(); }, { capture: true, passive: true });
  }
  dialog.querySelector("button").addEventListener("click", stay);
  dialog.addEventListener("cancel", stay);
  setInterval(look, 1000);

  // What the browser kept of a page is somebody else's by now.
  addEventListener("pageshow", (event) => { if (event.persisted) clear(); });

  // The next person began in another tab.
  try {
    new BroadcastChannel("heard-kiosk").onmessage = () => clear("#told");
  } catch {
    // None in this browser, or refused with the rest.
  }
})();
