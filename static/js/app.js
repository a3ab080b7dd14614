// Small manners of every page. Everything works without it; this makes it quicker.

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

function dressSelects(root) {
  if (!window.TomSelect) return;
  for (const select of root.querySelectorAll("select[data-tom-select]:not(.tomselected)")) {
    new window.TomSelect(select, {
      plugins: select.multiple ? ["remove_button"] : [],
      maxOptions: 500,
      searchField: ["text"],
      render: { no_results: () => { const none = document.createElement("div"); none.className = "no-results"; none.textContent = "Không tìm thấy"; return none; } },
    });
  }
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    const box = document.querySelector("[data-search-box], main input[type=search]");
    if (box) { event.preventDefault(); box.focus(); }
  }
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) { event.preventDefault(); document.getElementById(opener.dataset.opens)?.showModal(); }
  const closer = event.target.closest("[data-closes]");
  if (closer) { event.preventDefault(); closer.closest("dialog")?.close(); }
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

// A second press of the same button must not send the form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.hasAttribute("data-again") || form.method === "get" || form.method === "dialog") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  setTimeout(() => { delete form.dataset.sent; }, 4000);
});
window.addEventListener("pageshow", () => { for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent; });

// Narrow a list on the page as one types, accents aside.
document.addEventListener("input", (event) => {
  const box = event.target.closest("[data-narrows]");
  if (!box) return;
  const words = fold(box.value).split(/\s+/).filter(Boolean);
  for (const row of document.querySelectorAll(box.dataset.narrows)) {
    const text = fold(row.dataset.text || row.textContent);
    row.hidden = !words.every((word) => text.includes(word));
  }
});

// Unsaved words: ask before leaving.
let unsaved = false;
document.addEventListener("input", (event) => { if (event.target.closest("form[data-guard]")) unsaved = true; });
document.addEventListener("submit", (event) => { if (event.target.closest("form[data-guard]")) unsaved = false; });
window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

document.body.addEventListener("htmx:afterSwap", (event) => dressSelects(event.detail.elt?.ownerDocument ?? document));
document.body.addEventListener("htmx:oobAfterSwap", () => dressSelects(document));
// A refused form comes back as 422 with its messages: show it.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  if ([409, 422].includes(event.detail.xhr.status)) { event.detail.shouldSwap = true; event.detail.isError = false; }
});
document.body.addEventListener("htmx:sendError", () => {
  const place = document.querySelector("[data-connection]");
  if (place) place.hidden = false;
});
dressSelects(document);
