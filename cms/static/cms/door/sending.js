/* What is kept is sent as soon as there is a network, in the order in which it was
   marked; the server knows each by its key, so that sending again changes nothing. */
(function () {
  const door = window.door;
  if (!door || !door.show) return;
  const { root, kept } = door;
  const badge = document.getElementById("door-unsent");
  const note = document.getElementById("door-note");
  const EVERY = 20000;
  // The server takes no more at once; a long evening without network has more.
  const AT_ONCE = 400;
  let token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  let busy = false;
  let again = false;
  let pause = 2000;
  let timer = 0;

  /* `link`: which of the note's links to offer. */
  function say(text, link) {
    note.hidden = !text;
    note.querySelector("p").textContent = text || "";
    for (const one of note.querySelectorAll("[data-link]")) one.hidden = one.dataset.link !== link;
  }

  function showUnsent() {
    const number = kept.all().length;
    badge.hidden = number === 0;
    badge.textContent = number ? root.dataset.unsent.replace("#", number) : "";
    root.classList.toggle("is-unsent", number > 0);
    const waiting = new Set(kept.all().map((mark) => mark.person));
    for (const row of document.querySelectorAll(".door-row")) row.classList.toggle("is-waiting", waiting.has(row.dataset.person));
  }

  function take(found) {
    token = found.token;
    for (const one of found.results) kept.drop(one.key);
    const waiting = new Set(kept.all().map((mark) => mark.person));
    for (const person of Object.keys(found.marks)) if (!waiting.has(person)) door.show(person, found.marks[person]);
    kept.remember({ marks: found.marks, at: found.at });
    door.count();
    const unknown = found.results.some((one) => one.outcome === "unknown");
    const shown = document.querySelectorAll(".door-clash").length;
    if (found.clashes > shown) say(root.dataset.clashing, "look");
    else say(unknown ? root.dataset.absent : "", "");
    if (door.copyMayGo) door.copyMayGo(kept.all().length === 0);
  }

  async function ask(marks) {
    const options = { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" };
    if (marks.length) {
      options.method = "POST";
      options.headers["Content-Type"] = "application/json";
      options.headers["X-CSRFToken"] = token;
      options.body = JSON.stringify({ sent_at: new Date().toISOString(), marks });
    }
    const stop = new AbortController();
    const patience = setTimeout(() => stop.abort(), 15000);
    try {
      return await fetch(root.dataset.marks, Object.assign(options, { signal: stop.signal }));
    } finally { clearTimeout(patience); }
  }

  async function round() {
    const marks = kept.all().slice(0, AT_ONCE);
    let answer = await ask(marks);
    if (answer.status === 403 && marks.length) {
      // Somebody signed in anew: the page's token is of before.
      const fresh = await ask([]);
      if (fresh.ok) { token = (await fresh.json()).token; answer = await ask(marks); }
      else answer = fresh;
    }
    if (answer.status === 401) { say(root.dataset.signedOut, "sign-in"); return; }
    if (answer.status === 409) {
      const no = await answer.json();
      // Of a session called off nothing is ever taken: somebody decides what becomes of it.
      say(no.never ? `${no.refusal} ${root.dataset.never}` : no.refusal, no.never ? "drop" : "");
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    take(await answer.json());
    pause = 2000;
    if (kept.all().length && marks.length === AT_ONCE) again = true;
  }

  async function send() {
    showUnsent();
    if (busy) { again = true; return; }
    busy = true;
    clearTimeout(timer);
    try { await round(); } catch (unreachable) { pause = Math.min(pause * 2, EVERY); }
    busy = false;
    showUnsent();
    if (again) { again = false; send(); return; }
    timer = setTimeout(send, kept.all().length ? pause : EVERY);
  }

  const drop = document.getElementById("door-drop");
  if (drop) drop.addEventListener("click", () => {
    for (const mark of kept.all()) kept.drop(mark.key);
    showUnsent();
    // What the page showed of them goes, too.
    location.reload();
  });

  door.send = send;
  door.token = () => token;
  window.addEventListener("online", () => { pause = 2000; send(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  window.addEventListener("beforeunload", (event) => { if (kept.all().length && !navigator.onLine && !door.hasCopy) event.preventDefault(); });
  send();
})();
