/* The list: one tap is present, a tap on somebody marked opens the menu, and typing a
   reading leaves those who fit. */
(function () {
  const door = window.door;
  const list = document.getElementById("door-rows");
  if (!door || !list) return;
  const rows = new Map(Array.from(list.children, (row) => [row.dataset.person, row]));
  const come = ["present", "late", "left_early", "made_up", "online"];
  const menu = document.getElementById("door-menu");
  const labels = { made_up: "" };
  for (const button of menu.querySelectorAll("[data-choose]")) labels[button.dataset.choose] = button.textContent;
  for (const row of rows.values()) if (row.dataset.status) labels[row.dataset.status] = row.querySelector(".door-label").textContent;
  labels[""] = "";
  let chosen = null;

  door.status = (person) => (rows.has(person) ? rows.get(person).dataset.status : "");
  door.row = (person) => rows.get(person);
  door.rowOfCode = (code) => Array.from(rows.values()).find((row) => row.dataset.code === code);
  door.hasCome = (person) => come.includes(door.status(person));

  door.show = function (person, status) {
    const row = rows.get(String(person));
    if (!row || row.dataset.status === status) return;
    row.dataset.status = status;
    row.querySelector(".door-label").textContent = labels[status] || "";
  };

  door.count = function () {
    const all = Array.from(rows.values());
    const number = all.filter((row) => come.includes(row.dataset.status)).length;
    // A page of some of the list cannot count all of it.
    if (!document.getElementById("door-q").defaultValue && !location.search) document.getElementById("door-came").textContent = number;
  };

  door.mark = function (person, status, source) {
    const seen = door.status(person);
    if (seen === status) return;
    door.kept.add(person, status, seen, source);
    door.show(person, status);
    door.count();
    if (door.send) door.send();
  };

  function openMenu(row) {
    if (!menu.showModal) return false;
    chosen = row.dataset.person;
    document.getElementById("door-menu-name").textContent = row.dataset.name;
    document.getElementById("door-menu-page").href = row.querySelector(".door-more").href;
    for (const button of menu.querySelectorAll("[data-choose]")) {
      button.classList.toggle("is-chosen", button.dataset.choose !== "" && button.dataset.choose === row.dataset.status);
      if (button.dataset.choose === "") button.hidden = !row.dataset.status;
    }
    menu.showModal();
    return true;
  }

  list.addEventListener("click", (event) => {
    const row = event.target.closest(".door-row");
    if (!row) return;
    if (event.target.closest(".door-more")) {
      if (openMenu(row)) event.preventDefault();
      return;
    }
    if (!event.target.closest(".door-tap")) return;
    if (row.dataset.status) {
      if (openMenu(row)) event.preventDefault();
      // A second tap on the button of somebody just marked shall not send the form.
      else if (event.target.closest("button")) event.preventDefault();
      return;
    }
    event.preventDefault();
    door.mark(row.dataset.person, "present", "door");
    const box = document.getElementById("door-q");
    if (box.value && !box.defaultValue) { box.value = ""; filter(); box.focus(); }
  });

  menu.addEventListener("click", (event) => {
    const button = event.target.closest("[data-choose]");
    if (button) door.mark(chosen, button.dataset.choose, "door");
    if (button || event.target.closest("[data-close]") || event.target === menu) menu.close();
  });

  function katakana(text) {
    return text.normalize("NFKC").replace(/[ぁ-ゖ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 96)).replace(/\s/g, "");
  }

  const box = document.getElementById("door-q");
  let onlyLeft = false;
  function filter() {
    const query = katakana(box.value);
    let shown = 0;
    for (const row of rows.values()) {
      const kana = row.dataset.kana;
      const given = kana.split(" ").slice(1).join("");
      const fits = !query || katakana(kana).startsWith(query) || given.startsWith(query) || katakana(row.dataset.name).includes(query);
      row.hidden = !fits || (onlyLeft && row.dataset.status !== "");
      if (!row.hidden) shown += 1;
    }
    document.getElementById("door-none").hidden = shown > 0;
  }
  box.addEventListener("input", filter);
  box.form.addEventListener("submit", (event) => {
    if (location.search) return;
    event.preventDefault();
    filter();
    box.blur();
  });
  const left = document.getElementById("door-left");
  left.addEventListener("click", (event) => {
    if (location.search) return;
    event.preventDefault();
    onlyLeft = !onlyLeft;
    left.setAttribute("aria-current", String(onlyLeft));
    filter();
  });
  if (box.value && !location.search) filter();
  // The page may be older than what this device knew last.
  const known = door.kept.remembered();
  if (known && known.at > Number(door.root.dataset.at)) for (const person of Object.keys(known.marks)) door.show(person, known.marks[person]);
  for (const mark of door.kept.all()) door.show(mark.person, mark.status);
  door.count();
})();
