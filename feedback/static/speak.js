// Reads a question aloud where this phone itself has a voice for its language: no voice from elsewhere, which
// would be told what is read. Without one, or without this, nothing is shown.
(() => {
  "use strict";
  const shape = document.querySelector("#aloud"), speech = self.speechSynthesis;
  if (!shape || !speech) return;
  const buttons = new Map();
  let speaking = null;

  const voiceFor = (tag) => {
    const [language] = tag.toLowerCase().split("-");
    const fits = speech.getVoices().filter((each) => each.localService && each.lang.toLowerCase().split(/[-_]/)[0] === language);
    return fits.find((each) => each.lang.toLowerCase().replace("_", "-") === tag.toLowerCase()) || fits.find((each) => each.default) || fits[0];
  };
  const tagOf = (part) => (part.querySelector("[lang]") || part).closest("[lang]").lang;
  const partsOf = (question) => [...question.querySelectorAll("label:not(.choice), legend, .hint, .choice span")]
    .filter((part) => !part.closest("[role=group]") && part.textContent.trim());

  const quiet = () => {
    if (!speaking) return;
    const button = buttons.get(speaking);
    speaking = null;
    speech.cancel();
    [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
  };

  const speak = (question) => {
    const same = speaking === question;
    quiet();
    if (same) return;
    speaking = question;
    const button = buttons.get(question);
    [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
    const said = partsOf(question).flatMap((part) => {
      const voice = voiceFor(tagOf(part));
      return voice ? [Object.assign(new SpeechSynthesisUtterance(part.textContent.trim()), { voice, lang: voice.lang })] : [];
    });
    said.at(-1).onend = said.at(-1).onerror = () => { if (speaking === question) quiet(); };
    said.forEach((each) => speech.speak(each));
  };

  // Voices may come late, or go.
  const offer = () => {
    for (const question of document.querySelectorAll(".question")) {
      const asked = question.querySelector("label, legend");
      if (!asked || question.querySelector("audio[preload=none]")) continue;
      const can = Boolean(voiceFor(tagOf(asked)));
      if (can && !buttons.has(question)) {
        const row = shape.content.cloneNode(true), button = row.querySelector("button");
        asked.id ||= `asked-${buttons.size}`;
        button.setAttribute("aria-describedby", asked.id);
        button.addEventListener("click", () => speak(question));
        question.prepend(row);
        buttons.set(question, button);
      }
      if (buttons.has(question)) buttons.get(question).parentElement.hidden = !can;
    }
  };
  offer();
  speech.addEventListener?.("voiceschanged", offer);
  for (const leaving of ["pagehide", "heard:leave"]) addEventListener(leaving, quiet);
})();
