// Reads a question aloud where this phone itself has a voice for its language: see macros/aloud.html.
(() => {
  "use strict";
  const shape = document.querySelector("#aloud"), speech = self.speechSynthesis;
  if (!shape || !speech) return;
  // Whose voice comes first.
  const USUAL = { en: "-gb", bn: "-bd", ur: "-pk", "zh-hans": "-cn", "zh-hant": "-tw" };
  let speaking = null;

  const voiceFor = (tag) => {
    const asked = tag.toLowerCase(), [language] = asked.split("-");
    const named = (voice) => voice.lang.toLowerCase().replace("_", "-");
    const fits = speech.getVoices().filter((each) => each.localService && named(each).split("-")[0] === language
      && (asked !== "zh-hans" || !named(each).endsWith("-hk"))); // Cantonese
    const first = (end) => fits.find((each) => named(each).endsWith(end)); // pt-PT ends as pt does
    return first(asked) || first(USUAL[asked] || USUAL[language]) || fits.find((each) => each.default) || fits[0];
  };

  // Each piece in its own language; between two a voice draws breath.
  const piecesOf = (question) => {
    const walker = document.createTreeWalker(question, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) {
      const { data, parentElement: part } = walker.currentNode;
      if (data.trim() && part.closest("label:not(.choice), legend, :not(.voice) > .hint, .choice span, fieldset + .note")) {
        found.push([data.trim(), part, voiceFor(part.closest("[lang]").lang)]);
      }
    }
    return found;
  };

  const turn = (button) => {
    [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
  };
  const quiet = () => {
    if (!speaking) return;
    turn(speaking);
    speaking = null;
    speech.cancel();
  };
  const speak = (question, button) => {
    const same = speaking === button;
    quiet();
    if (same) return;
    turn(speaking = button);
    const said = piecesOf(question).filter(([, , voice]) => voice)
      .map(([text, , voice]) => Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang }));
    said.at(-1).onend = said.at(-1).onerror = () => speaking === button && quiet();
    said.forEach((each) => speech.speak(each));
  };

  // Voices may come late, or go.
  const offer = () => document.querySelectorAll(".question").forEach((question, index) => {
    const [[, asked, can] = []] = piecesOf(question);
    let button = question.querySelector("[data-other]");
    if (can && !button && !question.querySelector("audio[src*="/aloud/"]")) {
      question.prepend(shape.content.cloneNode(true));
      button = question.querySelector("button");
      asked.id ||= `asked-${index}`;
      button.setAttribute("aria-describedby", asked.id);
      button.onclick = () => speak(question, button);
    }
    if (button) button.parentElement.hidden = !can;
  });
  offer();
  speech.addEventListener?.("voiceschanged", offer);
  for (const leaving of ["pagehide", "heard:leave", "heard:page"]) addEventListener(leaving, quiet);
  addEventListener("heard:page", offer);
})();
