/* Seven digits of a postcode fill in the address; what the person wrote there is kept. */
(() => {
  "use strict";

  const digits = (text) => text.normalize("NFKC").replace(/\D/gu, "");

  const follow = (box) => {
    const field = box.querySelector("[data-postcode]");
    const address = document.getElementById(box.dataset.address);
    const said = box.querySelector("[data-postcode-said]");
    const button = box.querySelector('button[value="postcode"]');
    let filled = "";
    let asked = "";

    const fill = async (always) => {
      const code = digits(field.value);
      if (code.length !== 7 || (code === asked && !always)) return;
      asked = code;
      let found = "";
      try {
        const answer = await fetch(`${box.dataset.lookup}?code=${code}`);
        if (answer.ok) found = (await answer.json()).address;
        else return;
      } catch {
        return;
      }
      said.textContent = found ? "" : said.dataset.unknown;
      const untouched = address.value.trim() === "" || address.value === filled;
      if (!found || !(untouched || always)) return;
      address.value = found;
      filled = found;
      said.textContent = found;
    };

    field.addEventListener("input", () => fill(false));
    button?.addEventListener("click", (event) => {
      if (digits(field.value).length !== 7) return;
      event.preventDefault();
      fill(true).then(() => address.focus());
    });
  };

  document.querySelectorAll("[data-postcode-box]").forEach(follow);
})();
