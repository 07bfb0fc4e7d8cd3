// Which pages and questions are on a person's path: the same rules as feedback/survey/routing.py, and the same
// cases test both. A page's fields are pairs of name and value, as its form held them.
(() => {
  "use strict";

  const DIGIT = /\p{Nd}/u;
  // The digits of every script stand in runs of ten, from nought to nine.
  const digit = (sign) => {
    const code = sign.codePointAt(0);
    let first = code;
    while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
    return (code - first) % 10;
  };
  const wholeNumber = (text) => {
    const signs = [...text].filter((sign) => !/[\s\p{Cf}]/u.test(sign));
    const minus = signs[0] === "-" || signs[0] === "\u2212";
    const digits = minus ? signs.slice(1) : signs;
    if (!digits.length || digits.length > 12 || !digits.every((sign) => DIGIT.test(sign))) return null;
    const value = Number(digits.map(digit).join(""));
    return minus ? 0 - value : value;
  };

  const valuesOf = (question, fields) => fields.filter(([name]) => name === question.id).map(([, value]) => value);
  const one = (fields, name) => fields.find(([each]) => each === name)?.[1] ?? "";

  // The answer as the server would keep it; null where the question was skipped.
  const answer = (question, fields) => {
    const given = valuesOf(question, fields);
    if (question.type === "several_choices") return given.some(Boolean) ? given.filter(Boolean) : null;
    if (question.type === "number") return wholeNumber(given[0] ?? "");
    if (question.type === "month") {
      const month = wholeNumber(one(fields, `${question.id}-month`));
      const year = wholeNumber(one(fields, `${question.id}-year`));
      const known = month >= 1 && month <= 12 && year !== null;
      return known ? `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}` : null;
    }
    const text = given[0] ?? "";
    return text.trim() ? text : null;
  };

  const holds = (rule, answers) => {
    if (!rule) return true;
    const given = answers[rule.question] ?? null;
    const values = Array.isArray(given) ? given : given === null ? [] : [String(given)];
    return values.some((value) => rule.is.includes(value)) !== rule.not;
  };

  // Only the answers that the person can still see; rules look back only, so one pass in order is enough.
  const onPath = (rules, answers) => {
    const kept = {};
    for (const page of rules) {
      if (!holds(page.show_if, kept)) continue;
      for (const question of page.questions) {
        const given = answers[question.id] ?? null;
        if (given !== null && holds(question.show_if, kept)) kept[question.id] = given;
      }
    }
    return kept;
  };

  const path = (rules, answers) => {
    const kept = onPath(rules, answers);
    const asks = (page) => page.questions.some((question) => holds(question.show_if, kept));
    return rules.filter((page) => holds(page.show_if, kept) && asks(page)).map((page) => page.id);
  };

  const answersOf = (rules, pages) => {
    const answers = {};
    for (const page of rules) {
      for (const question of page.questions) answers[question.id] = answer(question, pages[page.id] ?? []);
    }
    return answers;
  };

  // What is wrong with a page's fields, as [control's id, text]; the server looks again when they arrive.
  const faults = (page, fields, tooLong) => {
    const found = [];
    for (const question of page.questions) {
      const given = valuesOf(question, fields);
      const [slip, otherSlip] = question.slips ?? [];
      if (question.most && [...(given[0] ?? "")].length > question.most) found.push([question.id, tooLong]);
      if (question.type === "number" && given[0]?.trim()) {
        const value = wholeNumber(given[0]);
        if (value === null || value < question.low || value > question.high) found.push([question.id, slip]);
      }
      if (question.none && given.length > 1 && given.includes(question.none)) found.push([question.id, slip]);
      if (question.choices && given.length > question.choices) found.push([question.id, slip]);
      if (question.type === "month") {
        const typed = one(fields, `${question.id}-month`) || one(fields, `${question.id}-year`).trim();
        const month = answer(question, fields);
        const now = new Date().toISOString().slice(0, 7);
        if (typed && !month) found.push([question.id, slip]);
        else if (month && (month < "1900-01" || month > now)) found.push([question.id, otherSlip]);
      }
    }
    return found;
  };

  self.heardRoutes = { wholeNumber, answer, holds, onPath, path, answersOf, faults };
})();
