// Says what controls a page shows, how they are labelled, where they stand and what they hold.
// Called with the CSS selectors the map uses; builds nothing from text and changes nothing but the focus.
(selectors) => {
  const SILENT = new Set(["hidden", "submit", "button", "reset", "image"]);
  const BOXES = "fieldset, section, [role=group], [role=region], [role=radiogroup]";
  const clean = (text) => (text || "").replace(/\s+/g, " ").trim();
  const seen = (element) => element.checkVisibility({ checkVisibilityCSS: true });

  const words = (source) => {
    const copy = source.cloneNode(true);
    copy.querySelectorAll("input, select, textarea, [aria-hidden=true]").forEach((extra) => extra.remove());
    return clean(copy.textContent);
  };

  const label = (element) => {
    const ids = (element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
    const named = ids.map((id) => document.getElementById(id)).filter(Boolean);
    if (named.length) return clean(named.map(words).join(" "));
    const own = clean(element.getAttribute("aria-label"));
    if (own) return own;
    const legend = element.tagName === "FIELDSET" ? element.querySelector(":scope > legend") : null;
    const sources = legend ? [legend] : Array.from(element.labels || []);
    return clean(sources.map(words).join(" ")) || clean(element.title);
  };

  const value = (element) => {
    if (element.type === "checkbox" || element.type === "radio") return element.checked ? "on" : "";
    if (element.type === "file") return Array.from(element.files).map((file) => file.name).join("\n");
    return element.value === undefined ? "" : element.value;
  };

  const choice = (text, code, chosen) => ({ label: text, value: code, chosen });
  const choices = (element, members) =>
    element.tagName === "SELECT"
      ? Array.from(element.options).map((option) => choice(clean(option.label), option.value, option.selected))
      : members.map((member) => choice(label(member), member.value, member.checked));

  const starred = (element) =>
    Array.from(element.labels || []).some((l) => /^\s*[*＊]|[*＊]\s*[:：]?\s*$/.test(l.textContent));
  const required = (element) =>
    element.required === true || element.getAttribute("aria-required") === "true" || starred(element);

  const boxes = Array.from(document.querySelectorAll(BOXES)).filter(seen);
  const around = (element) => boxes.filter((box) => box !== element && box.contains(element));

  const entry = (element, kind, members) => ({
    kind,
    label: label(element) || clean(element.name || element.id),
    sections: around(element).map(label).filter(Boolean),
    selectors: selectors.filter((selector) => element.matches(selector)),
    group: members.length ? boxes.indexOf(element) : boxes.indexOf(element.closest(BOXES)),
    name: element.name || (members.length ? members[0].name : ""),
    code: element.type === "checkbox" || element.type === "radio" ? element.value : "",
    value: value(element),
    choices: choices(element, members),
    locked: element.readOnly === true || element.matches(":disabled"),
    required: required(element),
    max_length: element.maxLength > 0 ? element.maxLength : null,
    invalid: [element, ...members].some((one) => one.tagName !== "FIELDSET" && one.matches(":invalid")),
  });

  if (document.activeElement && document.activeElement !== document.body) document.activeElement.blur();
  const plain = Array.from(document.querySelectorAll("input, select, textarea"))
    .filter((element) => !SILENT.has(element.type) && seen(element))
    .map((element) => {
      const tag = element.tagName.toLowerCase();
      return entry(element, tag === "input" ? `input:${element.type}` : tag, []);
    });
  const buttons = (box) =>
    Array.from(box.querySelectorAll("input[type=radio], input[type=checkbox]")).filter((b) => b.closest(BOXES) === box);
  const groups = boxes.map((box) => [box, buttons(box)]).filter(([, members]) => members.length);
  return {
    controls: [...plain, ...groups.map(([box, members]) => entry(box, "group", members))],
    sections: boxes.map(label).filter(Boolean),
  };
};
