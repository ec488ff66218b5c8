/* Marks that are not sent yet stay on the device: one entry each, so that two tabs lose
   nothing of each other. An entry holds rows' numbers and marks, never a name. */
(function () {
  const root = document.getElementById("door");
  if (!root) return;
  const prefix = `door:${root.dataset.session}:mark:`;
  const standing = `door:${root.dataset.session}:standing`;
  let memory = {};

  function newKey() {
    if (window.crypto && crypto.randomUUID) return crypto.randomUUID();
    const signs = crypto.getRandomValues(new Uint8Array(16));
    signs[6] = (signs[6] & 15) | 64;
    signs[8] = (signs[8] & 63) | 128;
    const hex = Array.from(signs, (sign) => sign.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  function write(name, value) {
    try { localStorage.setItem(name, value); } catch (full) { memory[name] = value; }
  }

  function read(name) {
    let found = null;
    try { found = localStorage.getItem(name); } catch (blocked) { /* private mode */ }
    return found || memory[name] || null;
  }

  function remove(name) {
    delete memory[name];
    try { localStorage.removeItem(name); } catch (blocked) { /* private mode */ }
  }

  function names() {
    let stored = [];
    try { stored = Object.keys(localStorage); } catch (blocked) { /* private mode */ }
    return Array.from(new Set(stored.concat(Object.keys(memory))));
  }

  const kept = {
    add(person, status, seen, source) {
      const mark = { key: newKey(), person, status, seen, source, at: new Date().toISOString(), turn: Date.now() };
      // Two taps in one thousandth of a second still have an order.
      const last = kept.all().pop();
      if (last && last.turn >= mark.turn) mark.turn = last.turn + 1;
      write(prefix + mark.key, JSON.stringify(mark));
      return mark;
    },
    all() {
      return names().filter((name) => name.startsWith(prefix))
        .map((name) => JSON.parse(read(name)))
        .sort((one, other) => one.turn - other.turn);
    },
    drop(key) { remove(prefix + key); },
    remember(found) { write(standing, JSON.stringify(found)); },
    remembered() { return JSON.parse(read(standing) || "null"); },
    /* What is known of other days' sessions goes; unsent marks wait for their door. */
    tidy() {
      const yesterday = Date.now() / 1000 - 86400;
      for (const name of names()) {
        if (!/^door:\d+:standing$/.test(name)) continue;
        const found = JSON.parse(read(name) || "{}");
        if (!(found.at > yesterday)) remove(name);
      }
    },
  };
  kept.tidy();
  window.door = { root, kept };
})();
