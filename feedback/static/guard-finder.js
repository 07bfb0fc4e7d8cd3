// Finds what may show who somebody is in what they write: telephone, e-mail, postcode, NHS and National
// Insurance numbers, and names beside such words as "my worker". The rules come from analysis/personal, the
// surest of them; both sides are held together by tests/browser/test_guard.py.

const among = (words = "") => new Set(words.split(" "));

export const finder = ({ plain, zeros, areas, counted, units, patterns, ni, cues, stops, workers, places, chinese }) => {
  const made = Object.fromEntries(Object.entries(patterns).map(([name, of]) => [name, new RegExp(of, "gu")]));
  const whole = (of) => of && new RegExp(`^(?:${of})$`, "u");
  const whether = (name, text) => (made[name].lastIndex = 0, made[name].exec(text));
  const [stopped, area, count, unit] = [stops, areas, counted, units].map(among);
  const [between, never, finals, closes, known] = ["between", "plain", "finals", "closes", "known"].map((of) => among(workers[of]));
  const [afterPlace, beforePlace, small] = ["after", "before", "small"].map((of) => among(places[of]));
  const [shape, second, sure, ordinal] = [workers.shape, workers.second, workers.sure, patterns.ordinal].map(whole);
  const bases = [...zeros].map((zero) => zero.codePointAt(0));
  const tails = new Map();
  const starts = new Set(Object.values(cues).flat().map((phrase) => phrase.split(" ")[0]));
  const cue = (use, phrase) => {
    const [first, ...rest] = phrase.split(" ");
    tails.set(first, [...(tails.get(first) || []), [use, rest]]);
  };
  Object.entries(cues).forEach(([use, phrases]) => phrases.forEach((phrase) => cue(use, phrase)));
  for (const who of workers.who || []) {
    (workers.my || "").split(" ").forEach((my) => cue("workers", `${my} ${who}`.trim()));
    workers.named.forEach((named) => cue("own", named.replace("{}", who)));
  }

  // As long as the text, so that a place in one is a place in the other.
  const foldOne = (sign) => {
    if (plain[sign]) return plain[sign];
    const base = bases.find((zero) => sign.charCodeAt(0) >= zero && sign.charCodeAt(0) < zero + 10);
    if (base) return String(sign.charCodeAt(0) - base);
    const apart = sign.normalize("NFKD");
    const small = (apart.length === 1 || /^.\p{Mn}+$/u.test(apart) ? apart[0] : sign).toLowerCase();
    return small.length === 1 ? plain[small] || small : sign;
  };
  const fold = (text) => text.replace(/[A-Z]+/g, (all) => all.toLowerCase()).replace(/[^\x00-\x7f]/g, foldOne);
  const key = (word) => word.replace(/[\u0300-\u036f\u093c\u09bc\u0a3c\u0abc\u0640\u064b-\u0652\u0670\u200b-\u200f\u2060]/g, "");

  const wordsOf = (text, folded) => {
    const letters = text.slice(0, 2000).match(/\p{L}/gu) || [];
    const shouting = letters.length > 3 && 2 * letters.filter((each) => each !== each.toLowerCase()).length > letters.length;
    return [...folded.matchAll(/[\p{L}\p{N}_][\p{L}\p{N}\p{M}_\u0640\u200c\u200d]*(?:'[\p{L}\p{N}_][\p{L}\p{N}\p{M}_\u200c\u200d]*)*/gu)].map((match) => {
      const bare = match[0].replace(/'s$/, "");
      const written = text.slice(match.index, match.index + bare.length);
      const first = written[0];
      return {
        start: match.index, end: match.index + bare.length, key: key(bare),
        capital: !shouting && first.toLowerCase() !== first, cased: first.toLowerCase() !== first.toUpperCase(),
        shouted: written.length > 1 && written === written.toUpperCase() && written !== written.toLowerCase(),
      };
    });
  };

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

  const digitsOf = (written) => written.replace(/\D/g, "");
  const nhsOrPhone = (written) => {
    const digits = digitsOf(written);
    if (/^\d{10}$|^\d{3}\D+\d{3}\D+\d{4}$/.test(written) && isNhs(digits)) return "nhs";
    return isPhone(written, digits) ? "phone" : null;
  };
  // A number that goes on in the next line is one, where neither line holds a whole one.
  const isOne = (left, right) => {
    const joined = `${left}\n${right}`;
    if (/^0\d{10}$/.test(digitsOf(joined))) return true;
    return nhsOrPhone(joined) && ![left, right].some((part) => digitsOf(part).length > 5 && isPhone(part, digitsOf(part)));
  };

  function* numbers(text) {
    const hide = (all) => "x".repeat(all.length);
    let runs = text.replace(made.date, hide).replace(made.clock, hide);
    const found = [];
    let until = 0;
    for (const { index, 0: { length } } of runs.matchAll(/\r?\n/g)) {
      const left = whether("left", runs.slice(Math.max(until, index - 40), index));
      const right = left && whether("right", runs.slice(index + length, index + length + 40));
      if (!right || !isOne(left[0], right[0])) continue;
      until = index + length + right[0].length;
      found.push([index - left[0].length, until]);
    }
    for (const [start, end] of [...found].reverse()) runs = runs.slice(0, start) + "x".repeat(end - start) + runs.slice(end);
    for (const { index, 0: run } of runs.matchAll(made.run)) {
      found.push([index + (run[0] === "(" && !run.includes(")") ? 1 : 0), index + run.length]);
    }
    for (const [start, end] of found) {
      const written = text.slice(start, end);
      const kind = whether("public", digitsOf(written))?.index === 0 ? null : nhsOrPhone(written);
      if (kind) yield { kind, start, end };
    }
  }

  const isPostcode = (text, folded, { index, 0: { length }, 1: letters, 2: apart, 4: gap, 5: rest }) => {
    if (!area.has(letters)) return false;
    if ((apart || gap.trim()) && (letters.length < 2 || unit.has(rest.slice(1)))) return false;
    if (!gap || !ordinal.test(rest)) return true;
    const [none, following] = folded.slice(index + length, index + length + 20).split(" ");
    const [first, last] = [text[index], text[index + length - 1]];
    const mixed = first !== first.toLowerCase() && last !== last.toUpperCase();
    return !(mixed || (none === "" && count.has(following?.replace(/[.,;:!?]+$/, ""))) || folded.slice(0, index).endsWith("the "));
  };

  function* forms(text, folded) {
    const spans = (name, is) =>
      [...folded.matchAll(made[name])].filter(is).map((m) => ({ kind: name, start: m.index, end: m.index + m[0].length }));
    yield* spans("email", () => true);
    yield* spans("postcode", (m) => isPostcode(text, folded, m));
    yield* spans("ni", (m) => {
      const [one, two] = m[1].toUpperCase();
      return !ni.first.includes(one) && !ni.second.includes(two) && !ni.never.split(" ").includes(one + two);
    });
  }

  const bare = (word) => (/^[^']{3,}(?=')/.exec(word) || [word])[0]; // "Cardiff'te"

  // What begins with this word, "wa-" or "l'" before it or not.
  const begun = (word) =>
    tails.get(word) || ("وفبلک".includes(word[0]) && word.length > 3 && (tails.get(word.slice(1)) ||
      (word[1] === "ل" && tails.get(`ا${word.slice(1)}`)))) || (word.includes("'") && tails.get(word.slice(word.indexOf("'") + 1))) || [];

  function* names(text, words) {
    const gap = (place) => text.slice(words[place - 1].end, words[place].start);
    const at = (place) => words[place]?.key;
    const may = (word) => word && !stopped.has(word.key) && !stopped.has(bare(word.key)) && !/\p{N}/u.test(word.key) && word.key.length > 1 &&
      !(word.shouted && word.capital && word.key.length <= 5);
    const isPlace = (first) => {
      const after = words[first + 1]?.capital && words[first + 2] ? [at(first + 1), at(first + 2)] : [at(first + 1)];
      const said = `${[bare(at(first)), ...words.slice(first + 1, first + 4).map((word) => word.key)].join(" ")} `;
      return beforePlace.has(at(first - 1)) || after.some((word) => afterPlace.has(word)) ||
        (places.phrases || []).some((phrase) => said.startsWith(`${phrase} `));
    };
    const follows = (first, rest) => rest.every((each, place) =>
      at(first + 1 + place) === each && /^[ \-.'\t\n\u200c،]{0,3}$/.test(gap(first + 1 + place)));
    const end = (first, free) => {
      let last = first;
      for (let place = first + 1; place < Math.min(first + 4, words.length); place += 1) {
        const [word, before] = [words[place], words[place - 1]];
        if (!["", " ", "-", "\u00a0", "\u200c"].includes(gap(place)) && !(gap(place) === ". " && before.key.length === 1)) break;
        if (small.has(word.key) && words[place + 1]?.capital) continue;
        const lower = free && !words[first].capital && place === first + 1 && !["who", "from"].includes(word.key);
        if (!(word.key.length === 1 && word.capital && word.key !== "i") && !may(word)) break;
        if (word.key[0] === "و" || !(word.capital || lower)) break;
        last = place;
      }
      return words[last].end;
    };
    // See analysis/personal/workers.py.
    const goesOn = (place) => place < words.length && [" ", "\u200c", "\u00a0"].includes(gap(place));
    const unknown = (place) => may(words[place]) && !never.has(at(place)) && !starts.has(at(place));
    const lastOf = (first) => {
      if (!workers.finals) return goesOn(first + 1) && second?.test(at(first + 1)) && unknown(first + 1) ? first + 1 : first;
      if (!goesOn(first + 1) || sure?.test(at(first))) return first;
      if (finals.has(at(first + 1))) return -1;
      if (!unknown(first + 1)) return first;
      return goesOn(first + 2) && closes.has(at(first + 2)) ? first + 1 : -1;
    };
    const afterWorker = (from) => {
      let first = from;
      for (let skipped = 0; skipped < 3 && first < words.length && [" ", ", "].includes(gap(first)) && between.has(at(first)); skipped += 1) first += 1;
      const word = words[first];
      if (!may(word) || !reaches(first, false) || isPlace(first) || never.has(word.key) || starts.has(word.key)) return null;
      if (word.cased) return word.capital ? [first, end(first)] : null;
      if (shape?.test(word.key) && !known.has(word.key)) return null;
      const last = lastOf(first);
      return last < 0 ? null : [first, Math.max(words[last].end, end(first))];
    };
    const reaches = (first, dot) => /^[ \t\n\u00a0:,(\-"'“‘«\u200c،.]{0,4}$/.test(gap(first)) &&
      gap(first).split("\n").length < 3 && (dot || !gap(first).includes("."));
    const afterCue = (first, use) => {
      const [word, last] = [words[first], words[first - 1]];
      if (!may(word) || !reaches(first, use === "titles" && last.key.length < 5)) return null;
      if (use === "titles" && last.key.length === 1 && gap(first)[0] !== ".") return null;
      const enough = word.capital || use === "own" || (!word.cased && use === "titles");
      return enough && !isPlace(first) ? [first, end(first, use === "own")] : null;
    };
    const before = (place, cueAt, use) => {
      if (place < 0 || !["", " ", "-", ". ", "\u00a0", "\u200c"].includes(gap(cueAt)) || !may(words[place])) return null;
      if (!words[place].capital && use !== "called_after") return null;
      let start = place;
      while (start > Math.max(0, place - 2) && gap(start) === " " && may(words[start - 1]) && words[start - 1].capital) start -= 1;
      return [start, words[place].end];
    };
    for (let from = 0; from < words.length; from += 1) {
      const longest = new Map();
      for (const [use, rest] of begun(words[from].key)) {
        if (rest.length >= (longest.get(use) ?? 0) && follows(from, rest)) longest.set(use, rest.length);
      }
      for (const [use, more] of longest) {
        const after = from + 1 + more;
        const found = use.endsWith("after") ? before(from - 1, from, use)
          : after >= words.length ? null : use === "workers" ? afterWorker(after) : afterCue(after, use);
        if (found) yield { kind: "name", start: words[found[0]].start, end: found[1] };
      }
    }
    for (const pattern of chinese) {
      for (const { index, 0: all, 1: name } of text.matchAll(new RegExp(pattern, "gu"))) {
        yield { kind: "name", start: index + all.length - name.length, end: index + all.length };
      }
    }
  }

  // In the order of the text, none over another.
  return (text) => {
    const folded = fold(text);
    const found = [...forms(text, folded), ...numbers(folded), ...names(text, wordsOf(text, folded))];
    const rank = ["email", "ni", "nhs", "phone", "postcode", "name"];
    found.sort((a, b) => a.start - b.start || rank.indexOf(a.kind) - rank.indexOf(b.kind) || b.end - a.end);
    return found.filter((each, place) => !found.slice(0, place).some((other) => each.start < other.end));
  };
};
