// An invitation's code comes behind the # of an address, which no server sees. It goes into its field, and out of
// the address; other pages of the start hand it on.
(() => {
  "use strict";
  const code = location.hash.match(/^#i=([0-9A-Za-z]{12})$/)?.[1];
  if (!code) return;
  const field = document.getElementById("invitation");
  if (field) {
    field.value = code;
    field.closest("details").open = true;
  }
  for (const link of document.querySelectorAll("a[data-invitation], .tongues a")) link.hash = location.hash;
  history.replaceState(history.state, "", location.pathname + location.search);
})();
