/* The next number, when this one has had its minute. Without network it says so by
   growing pale: the participants' own pages still take it for a minute. */
(function () {
  const wall = document.getElementById("wall");
  async function next() {
    let pause = 5;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", redirect: "error", cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("wall");
      if (fresh) {
        wall.replaceChildren(...fresh.childNodes);
        pause = Number(fresh.dataset.seconds) + 1;
      }
      wall.classList.remove("is-old");
    } catch (unreachable) { wall.classList.add("is-old"); }
    setTimeout(next, pause * 1000);
  }
  setTimeout(next, (Number(wall.dataset.seconds) + 1) * 1000);
})();
