/* The button is of use only where scripts run; others have the browser's menu. */
(() => {
  "use strict";

  const reveal = () => {
    for (const button of document.querySelectorAll("[data-print][hidden]")) {
      button.hidden = false;
    }
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) window.print();
  });
  document.addEventListener("htmx:afterSettle", reveal);
  reveal();
})();
