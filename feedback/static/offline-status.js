// What people see of what waits, is being sent, is sent: numbers only, never anybody's words. A code shows on
// the phone of someone who said that it is their own.
(() => {
  "use strict";
  const offline = self.heardOffline;
  const render = async () => {
    const [box] = document.querySelectorAll("[data-outbox]");
    if (!box) return;
    const elsewhere = (each) => each.key !== offline.inView; // what a page is all about, it says itself
    const [kept, gone] = [(await offline.waiting()).filter(elsewhere), (await offline.sent()).filter(elsewhere)];
    const busy = kept.filter((each) => offline.sending.has(each.key)).length;
    const wait = kept.filter((each) => each.state === "waiting").length - busy;
    const counts = {
      waiting: Math.max(0, wait),
      sending: busy,
      stuck: kept.filter((each) => each.state !== "waiting").length,
      sent: gone.length,
      lost: elsewhere({ key: offline.ownKey() }) && (await offline.lostOne([...kept, ...gone])) ? 1 : 0,
    };
    const spoken = new Intl.NumberFormat(document.documentElement.lang);
    for (const line of box.querySelectorAll("[data-count]")) {
      const count = counts[line.dataset.count];
      line.dataset.text ??= line.textContent;
      const said = line.dataset.text.replace("{n}", spoken.format(count));
      if (line.textContent !== said) line.textContent = said;
      line.hidden = !count;
    }
    for (const part of box.querySelectorAll("[data-count-with]")) part.hidden = !counts[part.dataset.countWith];
    box.querySelectorAll("[data-codes]").forEach((part) => showCodes(part, gone));
    const again = offline.kiosk && counts.stuck;
    const pressed = { send: counts.waiting || again, dismiss: counts.sent || counts.lost };
    for (const button of box.querySelectorAll("[data-do]")) button.hidden = !pressed[button.dataset.do];
    box.hidden = ![...box.querySelectorAll("[data-count]")].some((line) => !line.hidden);
  };
  const showCodes = (part, gone) => {
    const codes = gone.filter((each) => each.code && each.slug === offline.slug && each.own);
    part.hidden = !codes.length;
    part.querySelectorAll(".code").forEach((each) => each.remove());
    for (const { code } of codes) {
      const line = document.createElement("strong");
      Object.assign(line, { className: "code", dir: "ltr", textContent: code });
      part.append(line);
    }
  };
  offline.listeners.push(render);
  render();
  document.addEventListener("click", ({ target }) => {
    const what = target.closest?.("[data-outbox] [data-do]")?.dataset.do;
    if (what === "send") offline.sendNow();
    if (what === "dismiss") offline.forgetSent();
  });
})();
