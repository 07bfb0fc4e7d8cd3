// Spots what may show who somebody is while they write, and offers to take it out. It never stops anybody,
// keeps nothing and sends nothing. The rules are those of analysis/personal, the surest of them.

const PAUSE = 900; // milliseconds without a key before anything is said
const FIELDS = "textarea, input[type=text]:not([inputmode])";

export const finder = ({ plain, zeros, areas, patterns, ni, cues, stops }) => {
  const made = Object.fromEntries(Object.entries(patterns).map(([name, of]) => [name, new RegExp(of, "gu")]));
  const stopped = new Set(stops.split(" "));
  const area = new Set(areas.split(" "));
  const bases = [...zeros].map((zero) => zero.codePointAt(0));
  const tails = new Map();
  for (const [use, phrases] of Object.entries(cues)) {
    for (const phrase of phrases) {
      const [first, ...rest] = phrase.split(" ");
      tails.set(first, [...(tails.get(first) || []), [use, rest]]);
    }
  }

  // As long as the text, so that a place in one is a place in the other.
  const foldOne = (sign) => {
    if (plain[sign]) return plain[sign];
    const base = bases.find((zero) => sign.charCodeAt(0) >= zero && sign.charCodeAt(0) < zero + 10);
    if (base) return String(sign.charCodeAt(0) - base);
    const apart = sign.normalize("NFKD");
    const small = (apart.length === 1 || /^.\p{M}+$/u.test(apart) ? apart[0] : sign).toLowerCase();
    return small.length === 1 ? plain[small] || small : sign;
  };
  const fold = (text) => text.replace(/[A-Z]+/g, (all) => all.toLowerCase()).replace(/[^\x00-\x7f]/g, foldOne);
  const key = (word) => word.replace(/[\u0300-\u036f\u0640\u064b-\u0652\u0670\u200b-\u200f]/g, "");

  const wordsOf = (text, folded) =>
    [...folded.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}_\u0640]*(?:'[\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu)].map((match) => {
      const bare = match[0].replace(/'s$/, "");
      const written = text.slice(match.index, match.index + bare.length);
      const first = written[0];
      return {
        start: match.index, end: match.index + bare.length, key: key(bare), written,
        capital: first.toLowerCase() !== first, cased: first.toLowerCase() !== first.toUpperCase(),
      };
    });

  const isNhs = (digits) => {
    const sum = [...digits.slice(0, 9)].reduce((total, digit, place) => total + digit * (10 - place), 0);
    return digits.length === 10 && new Set(digits).size > 1 && (11 - (sum % 11)) % 11 === Number(digits[9]);
  };
  const isPhone = (written, digits) => {
    const shape = written.match(/\d+/g).map((part) => part.length);
    if (written[0] === "+" || digits.startsWith("00")) return digits.length >= 8 && digits.length <= 17;
    if (digits[0] === "0") {
      const apart = Math.max(...shape) < 2 && !(digits.length === 11 && digits.startsWith("07"));
      return digits.length >= 9 && digits.length <= 12 && !apart;
    }
    if (shape.length === 1) return digits.length >= 9 && digits.length <= 11;
    return /^(333|334|55|344|3222|433)$/.test(shape.join("")) && !written.includes(" 000");
  };

  function* numbers(folded) {
    const hide = (all) => "x".repeat(all.length);
    const runs = folded.replace(made.date, hide).replace(made.clock, hide);
    for (const match of runs.matchAll(made.run)) {
      const digits = match[0].replace(/\D/g, "");
      made.public.lastIndex = 0;
      if (made.public.exec(digits)?.index === 0) continue;
      const kind = /^\d{10}$|^\d{3}\D\d{3}\D\d{4}$/.test(match[0]) && isNhs(digits) ? "nhs"
        : isPhone(match[0], digits) ? "phone" : null;
      if (kind) yield { kind, start: match.index, end: match.index + match[0].length };
    }
  }

  function* forms(folded) {
    const spans = (name, is) =>
      [...folded.matchAll(made[name])].filter(is).map((m) => ({ kind: name, start: m.index, end: m.index + m[0].length }));
    yield* spans("email", () => true);
    yield* spans("postcode", (m) => area.has(m[1].match(/^[a-z]+/)[0]) && !/^(1st|2nd|3rd|\dth)$/.test(m[3]));
    yield* spans("ni", (m) => {
      const [one, two] = m[1].toUpperCase();
      return !ni.first.includes(one) && !ni.second.includes(two) && !ni.never.split(" ").includes(one + two);
    });
  }

  function* names(text, folded) {
    const words = wordsOf(text, folded);
    const gap = (place) => text.slice(words[place - 1].end, words[place].start);
    const may = (word) => word && !stopped.has(word.key) && !/\p{N}/u.test(word.key) && word.key.length > 1 &&
      !(word.capital && word.written.length <= 5 && word.written === word.written.toUpperCase());
    for (let at = 0; at < words.length; at += 1) {
      for (const [use, rest] of tails.get(words[at].key) || []) {
        if (!rest.every((each, place) => words[at + 1 + place]?.key === each)) continue;
        const after = at + 1 + rest.length;
        const before = use.endsWith("after");
        let first = before ? at - 1 : after;
        if (first < 0 || !may(words[first]) || !/^[ \t\u00a0:,(\-"'“‘«\u200c،.]{1,3}$/.test(gap(before ? at : after))) continue;
        if (!before && gap(after).includes(".") && !(use === "titles" && words[at].key.length < 5)) continue;
        const enough = words[first].capital || (words[first].cased ? use === "own" : use !== "roles");
        if (!enough) continue;
        let last = first;
        const freely = (place) => use === "own" && !words[first].capital && place === first + 1;
        const joined = (place) =>
          [" ", "-"].includes(gap(place)) && may(words[place]) && (words[place].capital || freely(place));
        while (!before && last - first < 3 && last + 1 < words.length && joined(last + 1)) last += 1;
        yield { kind: "name", start: words[first].start, end: words[last].end };
      }
    }
  }

  // In the order of the text, none over another.
  return (text) => {
    const folded = fold(text);
    const found = [...forms(folded), ...numbers(folded), ...names(text, folded)];
    const rank = ["email", "ni", "nhs", "phone", "postcode", "name"];
    found.sort((a, b) => a.start - b.start || rank.indexOf(a.kind) - rank.indexOf(b.kind) || b.end - a.end);
    return found.filter((each, place) => !found.slice(0, place).some((other) => each.start < other.end));
  };
};

const element = (tag, className, ...children) => {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
};

// One panel below a field: what was found, and two buttons. One thing at a time.
const watch = (field, find, says) => {
  const left = new Set();
  const status = element("p", "");
  status.setAttribute("role", "status"); // heard politely, when the reader pauses
  const take = element("button", "quiet", says.take);
  const leave = element("button", "quiet", says.leave);
  take.type = leave.type = "button";
  const row = element("div", "row", take, leave);
  const panel = element("div", "guard", status, row);
  field.after(panel);
  let now = null;

  const sentence = (kind, words) => {
    const said = element("bdi", "", words);
    const parts = { "%(what)s": says.kinds[kind], "%(words)s": said };
    return says.found.split(/(%\(\w+\)s)/).map((part) => parts[part] || part);
  };
  const show = (found, done = false) => {
    now = found;
    panel.classList.toggle("note", Boolean(found) || done);
    row.hidden = !found;
    status.replaceChildren(...(found ? sentence(found.kind, field.value.slice(found.start, found.end)) : done ? [says.done] : []));
  };
  const words = (found) => field.value.slice(found.start, found.end).toLowerCase();
  const look = (done) => show(find(field.value).find((found) => !left.has(words(found))) || null, done);

  take.addEventListener("click", () => {
    const again = find(field.value).find((found) => now && found.start === now.start && found.end === now.end);
    if (again) field.setRangeText(says.marks[again.kind], again.start, again.end, "end");
    field.focus();
    look(true);
  });
  leave.addEventListener("click", () => {
    if (now) left.add(words(now));
    field.focus();
    look(false);
  });
  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (now) show(null); // what it pointed at may have moved
    waiting = setTimeout(look, PAUSE, false);
  });
  show(null);
  look(false);
};

export const guard = async (form, address) => {
  const { rules, says } = await (await fetch(address)).json();
  const find = finder(rules);
  form.querySelectorAll(FIELDS).forEach((field) => watch(field, find, says));
};
