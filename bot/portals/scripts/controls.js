// Says what the given controls hold and which required controls are not among them.
// Called with the known elements; builds nothing from text and changes nothing but the focus.
(known) => {
  const CONTROLS = "input, select, textarea";
  const SILENT = new Set(["hidden", "submit", "button", "reset", "image"]);
  const clean = (text) => (text || "").replace(/\s+/g, " ").trim();

  const label = (element) => {
    const ids = (element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
    const named = ids.map((id) => document.getElementById(id)).filter(Boolean);
    const sources = named.length ? named : Array.from(element.labels || []);
    const texts = sources.map((source) => {
      const copy = source.cloneNode(true);
      copy.querySelectorAll("input, select, textarea, [aria-hidden=true]").forEach((n) => n.remove());
      return copy.textContent;
    });
    return clean(texts.join(" ")) || clean(element.getAttribute("aria-label")) || clean(element.title);
  };

  const kind = (element) => {
    const tag = element.tagName.toLowerCase();
    return tag === "input" ? `input:${element.type}` : CONTROLS.includes(tag) ? tag : "group";
  };

  const value = (element) => {
    if (element.type === "checkbox" || element.type === "radio") return element.checked ? "on" : "";
    if (element.type === "file") return Array.from(element.files).map((file) => file.name).join("\n");
    return element.value === undefined ? "" : element.value;
  };

  const choices = (element, members) => {
    if (element.tagName === "SELECT") {
      return Array.from(element.options).map((option) => ({
        label: clean(option.label),
        value: option.value,
        chosen: option.selected,
      }));
    }
    return members.map((member) => ({ label: label(member), value: member.value, chosen: member.checked }));
  };

  const starred = (element) =>
    Array.from(element.labels || []).some((l) => /^\s*[*＊]|[*＊]\s*[:：]?\s*$/.test(l.textContent));

  const required = (element) =>
    element.required || element.getAttribute("aria-required") === "true" || starred(element);

  const state = (element) => {
    if (!element.isConnected) return null;
    const members = Array.from(element.querySelectorAll("input[type=radio], input[type=checkbox]"));
    const limit = element.maxLength;
    return {
      kind: kind(element),
      value: value(element),
      choices: choices(element, members),
      locked: Boolean(element.readOnly) || element.matches(":disabled"),
      max_length: limit > 0 ? limit : null,
      invalid: [element, ...members].some((one) => one.matches(":invalid") && one.tagName !== "FIELDSET"),
    };
  };

  const asked = (element) =>
    !SILENT.has(element.type) && !element.matches(":disabled") && element.checkVisibility() && required(element);

  if (document.activeElement && document.activeElement !== document.body) document.activeElement.blur();
  const covered = (element) => known.some((one) => one === element || one.contains(element));
  const strangers = Array.from(document.querySelectorAll(CONTROLS)).filter((e) => asked(e) && !covered(e));
  return {
    controls: known.map(state),
    strangers: strangers.map((element) => label(element) || element.name || element.id || "无名称"),
  };
};
