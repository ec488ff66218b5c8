/* The copy of this list that an officer leaves on the device, so that the page opens
   without network. It goes when the session is over and all is sent, or with the day. */
(function () {
  const door = window.door;
  const part = document.getElementById("door-copy");
  if (!door || !door.show || !part || !("serviceWorker" in navigator) || !window.caches) return;
  const { root, kept } = door;
  const NAME = "door";
  const address = location.pathname;
  const state = document.getElementById("door-copy-state");
  const make = document.getElementById("door-copy-make");
  const drop = document.getElementById("door-copy-drop");
  const offered = state.textContent;
  const today = () => new Date().toDateString();

  function show(has) {
    door.hasCopy = has;
    make.hidden = has;
    drop.hidden = !has;
    state.textContent = has ? root.dataset.copied : offered;
  }

  function assets() {
    const found = [root.dataset.decoder];
    for (const link of document.querySelectorAll("link[rel=stylesheet], link[rel=icon]")) found.push(link.href);
    for (const script of document.querySelectorAll("script[src]")) found.push(script.src);
    return Array.from(new Set(found));
  }

  async function copy() {
    const page = await fetch(address, { credentials: "same-origin", redirect: "error", cache: "no-store" });
    if (!page.ok) throw new Error(String(page.status));
    const headers = new Headers(page.headers);
    headers.set("X-Kept-On", today());
    const cache = await caches.open(NAME);
    await cache.addAll(assets());
    await cache.put(address, new Response(await page.text(), { headers }));
  }

  make.addEventListener("click", async () => {
    make.disabled = true;
    try {
      await navigator.serviceWorker.register(root.dataset.worker);
      await navigator.serviceWorker.ready;
      await copy();
      show(true);
    } catch (unreachable) { state.textContent = root.dataset.unreachable; }
    make.disabled = false;
  });

  async function forget() {
    const cache = await caches.open(NAME);
    await cache.delete(address);
    show(false);
  }
  drop.addEventListener("click", forget);

  /* Called after each sending; only the server knows that the session is over. */
  door.copyMayGo = (allSent) => { if (allSent && "over" in root.dataset && door.hasCopy) forget(); };

  (async function begin() {
    part.hidden = false;
    const cache = await caches.open(NAME);
    for (const request of await cache.keys()) {
      if (!new URL(request.url).pathname.includes("/door/")) continue;
      if (/worker\.js|\.js$|\.css$/.test(request.url)) continue;
      const found = await cache.match(request);
      if (found.headers.get("X-Kept-On") !== today()) await cache.delete(request);
    }
    show(Boolean(await cache.match(address)));
    door.copyMayGo(kept.all().length === 0);
    // The copy follows the list: who was added since stands on it, too.
    if (door.hasCopy && navigator.onLine) copy().catch(() => {});
  })();
})();
