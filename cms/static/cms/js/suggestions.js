/* The list under a search box: htmx fills it, this opens and closes it. */
(() => {
  "use strict";

  const parts = (box) => ({
    field: box.querySelector("input"),
    list: box.querySelector("[data-suggestions]"),
    said: box.querySelector("[data-suggestions-said]"),
  });

  const close = (box) => {
    const { list, said } = parts(box);
    list.hidden = true;
    said.textContent = "";
  };

  const filled = (event) => {
    const box = event.target.closest?.("[data-search-box]");
    if (!box || !event.target.matches("[data-suggestions]")) return;
    const { field, list, said } = parts(box);
    const sentence = list.querySelector("[data-said]");
    const wanted = field.value.trim() !== "" && box.contains(document.activeElement);
    list.hidden = !(sentence && wanted);
    said.textContent = list.hidden ? "" : sentence.textContent;
    sentence?.remove();
  };

  const move = (box, step) => {
    const { field, list } = parts(box);
    const stops = [field, ...list.querySelectorAll("a")];
    const next = stops.indexOf(document.activeElement) + step;
    stops[Math.min(Math.max(next, 0), stops.length - 1)].focus();
  };

  const keyed = (event) => {
    const box = event.target.closest?.("[data-search-box]");
    if (!box || event.isComposing || parts(box).list.hidden) return;
    if (event.key === "Escape") {
      event.preventDefault();
      close(box);
      parts(box).field.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(box, event.key === "ArrowDown" ? 1 : -1);
    }
  };

  const left = (event) => {
    const box = event.target.closest?.("[data-search-box]");
    if (box && !box.contains(event.relatedTarget)) close(box);
  };

  document.addEventListener("htmx:afterSwap", filled);
  document.addEventListener("keydown", keyed);
  document.addEventListener("focusout", left);
})();
