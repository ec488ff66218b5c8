/* While a name is typed, its reading is taken from what the input method shows before it
   is turned into kanji. A reading that the person has written or corrected is left alone. */
(() => {
  "use strict";

  const READING = /[ぁ-ゖァ-ヶー・\s]+/gu;
  const IS_READING = /^[ぁ-ゖァ-ヶー・\s]+[a-zａ-ｚ]*$/iu;

  const katakana = (text) =>
    text.replace(/[ぁ-ゖ]/gu, (sign) => String.fromCodePoint(sign.codePointAt(0) + 0x60));

  const follow = (name) => {
    const kana = document.getElementById(name.dataset.kana);
    if (!kana) return;
    let own = kana.value !== "";
    let written = "";
    let spoken = "";
    let left = 0;

    const show = () => {
      if (!own) kana.value = katakana(written + spoken);
    };

    name.addEventListener("compositionstart", () => {
      spoken = "";
      left = 0;
      if (name.value === "") written = "";
    });
    name.addEventListener("compositionupdate", (event) => {
      const data = event.data ?? "";
      /* Deleting letters shortens the reading; turning into kanji leaves it as it was. */
      if (data === "") spoken = "";
      else if (IS_READING.test(data)) {
        spoken = (data.match(READING) ?? []).join("");
        left = data.length;
      }
      if (left > 0 || data === "") show();
    });
    name.addEventListener("compositionend", (event) => {
      if (event.data === "") spoken = "";
      written += spoken;
      spoken = "";
      show();
    });
    name.addEventListener("input", () => {
      if (name.value !== "" || own) return;
      written = "";
      spoken = "";
      show();
    });
    /* An emptied reading may be filled in again. */
    kana.addEventListener("input", () => {
      own = kana.value !== "";
      if (!own) written = "";
    });
  };

  document.querySelectorAll("[data-kana]").forEach(follow);
})();
