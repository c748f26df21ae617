// Marks the document that is about to be left and says which headings it shows.
() => {
  document.zeromeetLeft = true;
  return Array.from(document.querySelectorAll("h1, h2, h3, [role=heading]"))
    .filter((heading) => heading.checkVisibility())
    .map((heading) => heading.textContent.replace(/\s+/g, " ").trim());
};
