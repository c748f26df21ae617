"use strict";
// Adds to a page that is whole without it: filters, a place brought to the middle, folds opened for print.
(() => {
  const centre = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const place = id.startsWith("box-") && document.getElementById(id);
    if (place) place.scrollIntoView({ block: "center", inline: "center" });
  };
  addEventListener("hashchange", centre);
  addEventListener("load", centre);

  for (const tools of document.querySelectorAll("[data-tools]")) {
    const rows = [...document.querySelectorAll(`#${tools.dataset.tools} [data-row]`)];
    const [word, look] = tools.querySelectorAll("input");
    const show = () => {
      const wanted = word.value.trim().toLowerCase();
      let count = 0;
      for (const row of rows) {
        const fits = (!look.checked || "look" in row.dataset) && row.textContent.toLowerCase().includes(wanted);
        row.hidden = !fits;
        count += fits ? 1 : 0;
      }
      const all = count === rows.length;
      tools.querySelector("output").textContent = all ? "" : `${count} / ${rows.length}`;
    };
    tools.addEventListener("input", show);
    tools.hidden = false;
  }

  const folds = document.getElementsByTagName("details");
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...folds].filter((fold) => !fold.open);
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
})();
