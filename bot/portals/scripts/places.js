// Where a page shows any of the given texts: rectangles in pixels from the page's upper left corner.
// Filled blanks count whatever stands in them. Changes nothing.
(texts) => {
  const bare = (text) => text.replace(/\s+/g, "");
  const wanted = texts.map(bare);
  const telling = (text) => text.length > 3 && wanted.some((one) => one.includes(text));
  const shows = (text) => text && (wanted.some((one) => text.includes(one)) || telling(text));
  const rectangles = [];
  const add = (box) => {
    if (box.width && box.height) rectangles.push([box.left + scrollX, box.top + scrollY, box.right + scrollX, box.bottom + scrollY]);
  };
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    if (!shows(bare(nodes.currentNode.textContent))) continue;
    const range = document.createRange();
    range.selectNodeContents(nodes.currentNode);
    Array.from(range.getClientRects()).forEach(add);
  }
  document.querySelectorAll("input, textarea, select").forEach((blank) => {
    if (blank.type !== "hidden" && blank.value) add(blank.getBoundingClientRect());
  });
  return rectangles;
};
