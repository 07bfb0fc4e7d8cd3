// Spots what may show who somebody is while they write, and offers to take it out. It never stops anybody,
// keeps nothing and sends nothing.

const PAUSE = 900; // milliseconds without a key before anything is said
const FIELDS = "textarea, input[type=text]:not([inputmode])";

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
  const { rules, says, script } = await (await fetch(address)).json();
  const find = (await import(script)).finder(rules);
  form.querySelectorAll(FIELDS).forEach((field) => watch(field, find, says));
};
