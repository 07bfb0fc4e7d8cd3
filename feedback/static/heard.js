// Everything works without this. With it, leaving is quicker and leaves no draft behind.
(() => {
  "use strict";
  const exit = document.querySelector(".exit");
  if (!exit) return;

  const leave = () => {
    document.documentElement.hidden = true; // first: nothing to be seen over a shoulder
    document.title = "\u200b";
    const where = exit.dataset.leave;
    if (where) {
      const form = new FormData();
      const token = document.querySelector("input[name=token]");
      if (token) form.append("token", token.value);
      fetch(where, { method: "POST", body: new URLSearchParams(form), keepalive: true }).catch(() => {});
    }
    location.replace(exit.href);
  };
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
})();
