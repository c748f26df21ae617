// Lists what a page shows as labels with values, in reading order, each with the headings it stands under.
// Reads definition lists and table rows that begin with a header cell; changes nothing.
() => {
  const clean = (text) => (text || "").replace(/\s+/g, " ").trim();

  const shown = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("br").forEach((line) => line.replaceWith("\n"));
    copy.querySelectorAll("button, [aria-hidden=true]").forEach((extra) => extra.remove());
    return copy.textContent.replace(/\r\n?/g, "\n").trim();
  };

  const boxes = (element) => {
    const names = [];
    for (let box = element.closest("fieldset, table"); box; box = box.parentElement?.closest("fieldset, table")) {
      const title = box.querySelector(":scope > legend, :scope > caption");
      if (title) names.unshift(clean(title.textContent));
    }
    return names;
  };

  const outline = [];
  const pairs = [];
  const take = (label, value) => {
    const headings = outline.filter(Boolean);
    pairs.push({ headings: [...headings, ...boxes(label)], label: clean(label.textContent), value: shown(value) });
  };

  for (const element of document.querySelectorAll("h1, h2, h3, h4, h5, h6, dt, th")) {
    const tag = element.tagName;
    if (tag === "DT" || tag === "TH") {
      const next = element.nextElementSibling;
      if (next && (next.tagName === "DD" || next.tagName === "TD")) take(element, next);
    } else {
      outline.length = Number(tag[1]);
      outline[Number(tag[1]) - 1] = clean(element.textContent);
    }
  }
  return pairs;
};
