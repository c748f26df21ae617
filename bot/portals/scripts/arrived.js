// True when the page that was expected, or any other answer to a click, is there.
// "left" marks the document that was clicked in: a new document, or the awaited words in the old one.
({ awaited, signs, messages, before }) => {
  if (document.readyState === "loading") return false;
  if (!document.zeromeetLeft) return true;
  const seen = (element) => element.checkVisibility() && element.textContent.trim() !== "";
  if (Array.from(document.querySelectorAll(messages)).some(seen)) return true;
  const headings = Array.from(document.querySelectorAll("h1, h2, h3, [role=heading]"))
    .filter(seen)
    .map((heading) => heading.textContent.replace(/\s+/g, " ").trim());
  return headings.some((text) => signs.includes(text) || (text === awaited && !before.includes(text)));
};
