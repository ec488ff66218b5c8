/* Entering a pile of cards with the keyboard: Enter leads to the next field and, from the
   last one, saves; Ctrl+Enter saves from anywhere. Without this script Enter saves. */
(() => {
  "use strict";

  const shown = (field) => field.offsetParent !== null && !field.readOnly && !field.disabled;
  const everyday = (form) =>
    [...form.querySelectorAll("[data-postcode-box] :is(input, select)")].filter(shown);

  const keyed = (event) => {
    const form = event.target.closest?.("[data-entry]");
    /* Enter that ends a conversion belongs to the input method. */
    if (!form || event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
    if (event.target.matches("button, textarea") && !event.ctrlKey) return;
    event.preventDefault();
    const fields = everyday(form);
    const here = fields.indexOf(event.target);
    /* A reading that was filled in needs no stop; an address still wants its number. */
    const next = fields
      .slice(here + 1)
      .find((field) => field.value === "" || !field.name.endsWith("_kana"));
    if (event.ctrlKey || here < 0 || !next) form.requestSubmit();
    else {
      next.focus();
      if (next.type === "text") next.setSelectionRange(next.value.length, next.value.length);
    }
  };

  document.addEventListener("keydown", keyed);
})();
