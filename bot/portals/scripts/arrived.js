// Gives what is in view once a click is answered, and nothing before that: by a new document (the old one is
// marked), by a message, or, on pages that change without loading, by a heading that was not there.
({ awaited, messages, before }) => {
  if (document.readyState === "loading") return null;
  const seen = (selector) =>
    Array.from(document.querySelectorAll(selector))
      .filter((element) => element.checkVisibility())
      .map((element) => element.textContent.replace(/\s+/g, " ").trim())
      .filter(Boolean);
  const view = { headings: seen("h1, h2, h3, h4, h5, h6, [role=heading]"), messages: seen(messages) };
  const fresh = view.headings.some((text) => awaited.includes(text) && !before.includes(text));
  return !document.zeromeetLeft || view.messages.length || fresh ? view : null;
};
