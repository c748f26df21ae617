// Shows what an answer calls for, and only the choices that go with it. The server checks both again.
"use strict";
const value = (name) => {
  const controls = [...document.getElementsByName(name)].filter((c) => !c.disabled);
  const chosen = controls[0]?.type === "radio" ? controls.find((c) => c.checked) : controls[0];
  return chosen ? chosen.value : "";
};
function show() {
  for (const part of document.querySelectorAll("[data-depends]")) {
    const asked = Object.entries(JSON.parse(part.dataset.depends)).every(([name, codes]) => codes.includes(value(name)));
    part.hidden = !asked;
    for (const control of part.querySelectorAll("input, select, textarea")) control.disabled = !asked;
  }
  for (const select of document.querySelectorAll("[data-belongs]")) {
    for (const [name, table] of Object.entries(JSON.parse(select.dataset.belongs))) {
      const allowed = table[value(name)];
      for (const option of select.options) option.hidden = option.disabled = Boolean(option.value && allowed && !allowed.includes(option.value));
      if (select.selectedOptions[0]?.disabled) select.value = "";
    }
  }
}
document.addEventListener("change", show);
show();
// Only under the fault "script-rewrite": what is sent is not what was typed.
document.addEventListener("submit", () => {
  for (const control of document.querySelectorAll("[data-meddled]")) control.value += "。";
});
document.querySelector(".summary")?.focus();
