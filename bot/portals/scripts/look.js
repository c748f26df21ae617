// Says which headings and which messages of the portal are in view; marks the document when it is about to be left.
({ messages, leaving }) => {
  const seen = (selector) =>
    Array.from(document.querySelectorAll(selector))
      .filter((element) => element.checkVisibility())
      .map((element) => element.textContent.replace(/\s+/g, " ").trim())
      .filter(Boolean);
  if (leaving) document.zeromeetLeft = true;
  return { headings: seen("h1, h2, h3, h4, h5, h6, [role=heading]"), messages: seen(messages) };
};
