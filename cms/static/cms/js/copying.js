/* A button that copies a field's text. Without it, the text is selected by hand. */
(() => {
  "use strict";

  const copied = async (field) => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      return true;
    } catch {
      return document.execCommand("copy");
    }
  };

  const reveal = () => {
    for (const button of document.querySelectorAll("[data-copy-field][hidden]")) {
      button.hidden = false;
    }
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy-field]");
    if (!button) return;
    const field = document.getElementById(button.dataset.copyField);
    const said = button.closest("[data-copy-box]").querySelector("[data-copy-said]");
    said.textContent = (await copied(field)) ? button.dataset.copied : button.dataset.failed;
  });
  // The catalogue brings new ones with every changed condition.
  document.addEventListener("htmx:afterSettle", reveal);
  reveal();
})();
