// A sensitive survey forgets half an hour after the last page. Who is busy keeps what they said by that alone; who
// sits still is asked first. The way out stays free meanwhile. Without this the start page says how long there is.
(() => {
  "use strict";
  const dialog = document.getElementById("still-here");
  if (!dialog) return;
  const WARNING = 5 * 60_000, LOOKS = 5_000; // milliseconds
  let ends = Date.now() + dialog.dataset.left * 1000, touched = Date.now(), asking = false;

  // No network, no answer: it asks on until there is one, or until there is nothing to keep.
  const stay = async () => {
    if (asking) return;
    asking = true;
    const form = new URLSearchParams({ token: document.querySelector("input[name=token]").value });
    const asked = Date.now();
    const left = await fetch(dialog.dataset.stay, { method: "POST", body: form })
      .then((answer) => answer.json()).then((kept) => kept.left).catch(() => 0);
    if (left) {
      ends = asked + left * 1000;
      dialog.close();
    }
    asking = false;
  };

  const look = () => {
    const now = Date.now();
    if (now >= ends) dialog.close();
    else if (now < ends - WARNING) return;
    else if (now - touched < WARNING) stay();
    else if (!dialog.open) dialog.show();
  };

  for (const kind of ["pointerdown", "keydown", "input", "wheel", "click"]) {
    addEventListener(kind, ({ target }) => {
      if (target.closest?.(".exit")) return;
      touched = Date.now();
      if (dialog.open) stay();
    }, { capture: true, passive: true });
  }
  setInterval(look, LOOKS);
})();
