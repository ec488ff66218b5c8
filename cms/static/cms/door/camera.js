/* The camera reads receipts: by the browser's own reader, else by the one we bring. */
(function () {
  const door = window.door;
  if (!door || !door.mark) return;
  const { root } = door;
  const button = document.getElementById("door-camera-open");
  const dialog = document.getElementById("door-camera");
  const video = document.getElementById("door-video");
  const view = dialog.querySelector(".door-view");
  const answer = document.getElementById("door-answer");
  if (!navigator.mediaDevices || !dialog.showModal) return;
  button.hidden = false;
  const SAME_AGAIN = 4000;
  const canvas = document.createElement("canvas");
  let stream = null;
  let last = { code: "", at: 0 };

  function say(kind, name, words, instead) {
    answer.className = `door-answer door-answer--${kind}`;
    answer.textContent = "";
    if (name) { const big = document.createElement("strong"); big.textContent = name; answer.append(big); }
    const rest = document.createElement("span");
    rest.textContent = words;
    answer.append(rest);
    if (instead) {
      const link = document.createElement("a");
      link.className = "button button--secondary button--wide";
      link.href = instead;
      link.textContent = root.dataset.instead;
      answer.append(link);
    }
  }

  async function askServer(code) {
    try {
      const response = await fetch(root.dataset.code, {
        method: "POST",
        credentials: "same-origin",
        headers: { Accept: "application/json", "X-CSRFToken": door.token(), "Content-Type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ code }),
      });
      const found = await response.json();
      if (response.status === 401) say("no", "", root.dataset.signedOut);
      else if (found.refusal) say("no", "", found.refusal);
      else say(found.answer === "came" ? "yes" : found.answer === "already" ? "twice" : "no", found.name, found.words, found.instead);
      if (found.answer === "came") door.send();
    } catch (unreachable) { say("no", "", root.dataset.unreachable); }
  }

  door.scanned = function (text) {
    const code = text.normalize("NFKC").toUpperCase().replace(/[^0-9A-Z]/g, "");
    const now = Date.now();
    if (!code || (code === last.code && now - last.at < SAME_AGAIN)) { last.at = now; return; }
    last = { code, at: now };
    const row = door.rowOfCode(code);
    if (!row) { askServer(code); return; }
    if (door.hasCome(row.dataset.person)) { say("twice", row.dataset.name, root.dataset.already); return; }
    door.mark(row.dataset.person, "present", "scan");
    say("yes", row.dataset.name, [root.dataset.came, row.dataset.table || ""].join(" "));
  };

  function loadDecoder() {
    if (window.jsQR) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = root.dataset.decoder;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  /* A function from a picture to the text of its code, or an empty text. */
  async function decoder() {
    if ("BarcodeDetector" in window) {
      const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
      if (formats.includes("qr_code")) {
        const detector = new BarcodeDetector({ formats: ["qr_code"] });
        return async (picture) => { const found = await detector.detect(picture); return found.length ? found[0].rawValue : ""; };
      }
    }
    await loadDecoder();
    const context = canvas.getContext("2d", { willReadFrequently: true });
    return async (picture) => {
      const width = picture.videoWidth || picture.width;
      const height = picture.videoHeight || picture.height;
      const scale = Math.min(1, 640 / Math.max(width, height));
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      context.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const image = context.getImageData(0, 0, canvas.width, canvas.height);
      const found = window.jsQR(image.data, image.width, image.height, { inversionAttempts: "dontInvert" });
      return found ? found.data : "";
    };
  }
  door.decoder = decoder;

  async function look(read) {
    if (!stream) return;
    try {
      if (video.readyState >= 2) { const text = await read(video); if (text) door.scanned(text); }
    } catch (unreadable) { /* the next picture may be better */ }
    setTimeout(() => look(read), 150);
  }

  button.addEventListener("click", async () => {
    view.hidden = false;
    say("hint", "", root.dataset.hold);
    dialog.showModal();
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: "environment" } });
      video.srcObject = stream;
      await video.play();
      look(await decoder());
    } catch (refused) { stop(); view.hidden = true; say("no", "", root.dataset.noCamera); }
  });

  function stop() {
    if (stream) for (const track of stream.getTracks()) track.stop();
    stream = null;
    video.srcObject = null;
  }

  function close() {
    stop();
    if (dialog.open) dialog.close();
  }
  dialog.addEventListener("close", close);
  dialog.querySelector("[data-close]").addEventListener("click", close);
})();
