/* Opens the door's page from the copy that an officer left on this device, when there is
   no network. It stores nothing by itself. */
const NAME = "door";
const PATIENCE = 5000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function copyOf(request) {
  const cache = await caches.open(NAME);
  const found = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
  if (!found) return null;
  if (found.headers.get("X-Kept-On") === new Date().toDateString()) return found;
  await cache.delete(request, { ignoreSearch: true, ignoreVary: true });
  return null;
}

async function page(request) {
  const network = fetch(request);
  const late = new Promise((_resolve, reject) => setTimeout(() => reject(new Error("late")), PATIENCE));
  try {
    const answer = await Promise.race([network, late]);
    // Signed out: whoever holds the device now sees no names without network either.
    if (answer.type === "opaqueredirect") await (await caches.open(NAME)).delete(request, { ignoreSearch: true, ignoreVary: true });
    return answer;
  } catch (unreachable) {
    return (await copyOf(request)) || network;
  }
}

async function asset(request) {
  try { return await fetch(request); } catch (unreachable) {
    const cache = await caches.open(NAME);
    const found = await cache.match(request, { ignoreVary: true });
    if (found) return found;
    throw unreachable;
  }
}

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (["style", "script", "image"].includes(request.destination)) event.respondWith(asset(request));
});
