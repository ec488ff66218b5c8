/* A page that was sent back begins at what it has to say. The browser looks there too,
   but before the text editor has taken its room. */
window.addEventListener("load", () => {
  const note = document.querySelector("main [autofocus]");
  if (!note) return;
  note.focus({ preventScroll: true });
  note.scrollIntoView({ block: "center" });
});
