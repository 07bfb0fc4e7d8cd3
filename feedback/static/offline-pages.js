// The pages of a survey's shell: made from its templates, filled with what was said, read again when pressed.
(() => {
  "use strict";
  const root = document.getElementById("offline");
  const place = document.getElementById("offline-page");
  const start = [...place.childNodes].map((node) => node.cloneNode(true));
  const startTitle = document.title;
  const sensitive = "sensitive" in root.dataset;

  const template = (kind, name) => document.querySelector(`template[data-${kind}="${name}"]`);
  const note = (name) => template("note", name).content.cloneNode(true);
  const rulesOf = JSON.parse(root.dataset.rules);

  const entries = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");

  const fill = (form, fields) => {
    for (const [name, value] of fields) {
      for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (control.type === "radio" || control.type === "checkbox") control.checked ||= control.value === value;
        else control.value = value;
        if (control.checked && control.closest("details")) control.closest("details").open = true; // what was chosen is seen
      }
    }
  };

  const title = (heading, troubled) => {
    const said = sensitive ? root.dataset.title : heading;
    document.title = troubled ? `${root.dataset.problem} ${said}` : said;
  };

  // A page takes the place of the one before; its heading, or what is wrong with it, takes the focus.
  const show = (nodes, faults = []) => {
    place.replaceChildren(...nodes);
    dispatchEvent(new Event("heard:page")); // for the voice that reads aloud
    const heading = place.querySelector("h1");
    title(heading.textContent.trim(), faults.length > 0);
    if (faults.length) point(faults);
    else Object.assign(heading, { tabIndex: -1 }).focus({ preventScroll: true });
    scrollTo(0, 0);
    return place;
  };

  const point = (faults) => {
    const summary = note("problems").firstElementChild;
    for (const [id, text] of faults) {
      const control = id && place.querySelector(`#${CSS.escape(controlOf(id))}`);
      const line = document.createElement("li");
      if (control) {
        const link = document.createElement("a");
        Object.assign(link, { href: `#${control.id}`, textContent: text });
        line.append(link);
        mark(control, id, text);
      } else {
        line.textContent = text;
      }
      summary.querySelector("ul").append(line);
    }
    place.prepend(summary);
    summary.focus();
  };
  // A fault names a question; the link leads to its first control, which carries a number or a part of a date.
  const controlOf = (id) =>
    [id, `${id}-1`, `${id}-month`].find((each) => place.querySelector(`:is(input, select, textarea)#${CSS.escape(each)}`)) ?? id;
  const mark = (control, id, text) => {
    const group = control.closest("fieldset") ?? control;
    const said = document.createElement("p");
    const unseen = document.createElement("span");
    Object.assign(unseen, { className: "unseen", textContent: `${root.dataset.problem} ` });
    Object.assign(said, { className: "error", id: `${id}-error` });
    said.append(unseen, text);
    if (group === control) control.before(said);
    else group.querySelector("legend").after(said);
    group.setAttribute("aria-invalid", "true");
    group.setAttribute("aria-describedby", `${group.getAttribute("aria-describedby") ?? ""} ${said.id}`.trim());
    control.closest(".question")?.classList.add("wrong");
  };

  const showStart = () => {
    show(start.map((node) => node.cloneNode(true)));
    document.title = startTitle;
  };

  const numbered = (page, number, total) => {
    const line = page.querySelector(".place");
    if (line) line.textContent = line.textContent.replace("{n}", number).replace("{m}", total);
  };

  const showQuestions = (rules, fields, answers, [number, total], faults) => {
    const page = template("page", rules.id).content.cloneNode(true);
    numbered(page, number, total);
    const hide = sensitive && !faults.length;
    const questions = page.querySelectorAll(".question");
    rules.questions.forEach((question, index) => {
      const asked = heardRoutes.holds(question.show_if, answers) || faults.some(([id]) => id === question.id);
      if (!asked) questions[index].remove();
    });
    page.querySelectorAll("[data-before]").forEach((each) => {
      if (!hide || !fields.some(([, value]) => value)) each.remove();
    });
    if (!hide) fill(page.querySelector("form"), fields);
    return show([page], faults);
  };

  const showWho = (readers, [number, total]) => {
    const page = template("page", "who").content.cloneNode(true);
    numbered(page, number, total);
    if (readers && !sensitive) fill(page.querySelector("form"), [["readers", readers]]);
    return show([page]);
  };

  // ---- Check your answers: the survey's own labels, and the person's words as text, never as code.
  const label = (id, question) => {
    const page = template("page", id).content;
    const control = page.querySelector(`#${CSS.escape(question.id)}, #${CSS.escape(`${question.id}-1`)}, #${CSS.escape(`${question.id}-month`)}`);
    const group = control?.closest("fieldset")?.querySelector("legend") ?? page.querySelector(`label[for="${CSS.escape(question.id)}"]`);
    return contents(group);
  };
  const contents = (element) => {
    const from = element.querySelector("h1") ?? element;
    return [...(from.querySelector("label") ?? from).childNodes].map((node) => node.cloneNode(true));
  };
  const ownWords = (text) => {
    const said = document.createElement("bdi");
    Object.assign(said, { className: "words", dir: "auto", textContent: text });
    return said;
  };
  const readable = (id, question, fields) => {
    const page = template("page", id).content;
    const given = fields.filter(([name]) => name === question.id).map(([, value]) => value);
    if (question.type === "long_text" || question.type === "short_text" || question.type === "number") return [[ownWords(given[0])]];
    if (question.type === "month") {
      const value = (part) => fields.find(([name]) => name === `${question.id}-${part}`)?.[1] ?? "";
      const month = page.querySelector(`#${CSS.escape(`${question.id}-month`)}`);
      return [[`${[...month.options].find((each) => each.value === value("month"))?.text ?? ""} ${value("year")}`]];
    }
    return given.map((value) => {
      const control = page.querySelector(`input[name="${CSS.escape(question.id)}"][value="${CSS.escape(value)}"]`);
      if (control) return contents(control.closest("label").querySelector("span"));
      const option = [...page.querySelectorAll(`#${CSS.escape(question.id)} option`)].find((each) => each.value === value);
      return [option?.text ?? value];
    });
  };

  const answerLine = (heading, values, href) => {
    const line = template("part", "answer").content.cloneNode(true).firstElementChild;
    const [said, change] = line.querySelectorAll("dd");
    line.querySelector("dt").append(...heading);
    for (const value of values) {
      const each = said.cloneNode();
      each.append(...value);
      said.before(each);
    }
    said.remove();
    const link = change.querySelector("a");
    link.href = href;
    link.querySelector(".unseen").append(...heading.map((node) => node.cloneNode(true)));
    return line;
  };

  const showCheck = (walk, answers, home, faults) => {
    const page = template("page", "check").content.cloneNode(true);
    const [said, unsaid] = page.querySelectorAll("dl");
    const empty = [[note("unanswered").firstElementChild.textContent]];
    for (const rules of rulesOf) {
      if (!heardRoutes.path(rulesOf, answers).includes(rules.id)) continue;
      for (const question of rules.questions) {
        if (!heardRoutes.holds(question.show_if, answers)) continue;
        const isSaid = (answers[question.id] ?? null) !== null;
        const hidden = [[note("answered").textContent.trim()]];
        const values = !isSaid ? empty : sensitive ? hidden : readable(rules.id, question, walk.pages[rules.id] ?? []);
        (isSaid ? said : unsaid).append(answerLine(label(rules.id, question), values, `${home}/${rules.id}?to=check`));
      }
    }
    const who = template("page", "who").content;
    const chosen = who.querySelector(`[value="${CSS.escape(walk.readers ?? "")}"]`) ?? who.querySelector("[name=readers]");
    const readers = chosen.closest("label").querySelector("span").firstChild.textContent.trim();
    said.append(answerLine(contents(who.querySelector("legend")), [[readers]], `${home}/who?to=check`));
    if (unsaid.childElementCount) page.querySelector("summary b").textContent = unsaid.childElementCount;
    else page.querySelector("details").remove();
    return show([page], faults);
  };

  const wordsOf = (record) =>
    rulesOf
      .flatMap((rules) => rules.questions.map((question) => [question, record.pages[rules.id] ?? []]))
      .filter(([question]) => question.most)
      .map(([question, fields]) => fields.find(([name]) => name === question.id)?.[1])
      .filter(Boolean)
      .join("\n\n");

  const showWaiting = (own) => {
    const page = template("page", "waiting").content.cloneNode(true);
    const tick = page.querySelector("[name=own-phone]");
    if (tick) tick.checked = own;
    return show([page]);
  };
  const showSending = () => show([template("page", "sending").content.cloneNode(true)]);
  const only = (page, state) => {
    for (const each of page.querySelectorAll("[data-said]")) if (each.dataset.said !== state) each.remove();
  };
  const showSent = ({ code, offer, note: state }) => {
    const page = template("page", "sent").content.cloneNode(true);
    only(page, state);
    const withCode = page.querySelector("[data-code]");
    if (code) withCode.querySelector(".code").textContent = code;
    else withCode.remove();
    const asking = page.querySelector("[data-offer]");
    if (offer) asking.querySelector("[name=token]").value = offer;
    else asking.remove();
    return show([page]);
  };
  const showStuck = (record) => {
    const page = template("page", "stuck").content.cloneNode(true);
    only(page, record.state);
    const words = wordsOf(record);
    const held = page.querySelector("[data-words]");
    held.hidden = !words || sensitive;
    if (!held.hidden) held.querySelector("textarea").value = words;
    if (record.state === "closed") page.querySelector("[data-step=correct] button:not([name])").remove();
    const unplaced = record.problem ? [["", record.problem]] : [];
    return show([page], unplaced);
  };

  const say = (name) => {
    const line = document.getElementById("offline-note");
    line.replaceChildren(...(name ? [note(name)] : []));
    line.hidden = !name;
  };

  self.heardPages = {
    root, place, rules: rulesOf, sensitive, entries, say, text: (name) => note(name).textContent.trim(),
    showStart, showQuestions, showWho, showCheck, showWaiting, showSending, showSent, showStuck,
  };
})();
