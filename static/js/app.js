// Small manners of every page. Everything works without it; this makes it quicker.

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
const all = (selector, root = document) => root.querySelectorAll(selector);
const time = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });

// --- Choosing from long lists -------------------------------------------------------------------
function dressSelects() {
  if (!window.TomSelect) return;
  for (const select of all("select[data-tom-select]:not(.tomselected)")) {
    const words = (text) => ({ no_results: () => Object.assign(document.createElement("div"), { className: "no-results", textContent: text }) });
    const dressed = new window.TomSelect(select, {
      plugins: select.multiple ? { remove_button: { title: "Bỏ" } } : [],
      maxOptions: 500,
      closeAfterSelect: true,
      searchField: ["text"],
      render: words("Không tìm thấy"),
    });
    select.setAttribute("aria-hidden", "true"); // it left the tab order, and its label went with the control
    // The control that takes the focus must say what the select said.
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (select.hasAttribute(name)) dressed.control_input.setAttribute(name, select.getAttribute(name));
    }
  }
}

// --- Tabs that don't fit the screen: the open one is brought into sight --------------------------
for (const tab of all(".tabs [aria-current]")) {
  const strip = tab.closest(".tabs");
  if (strip.scrollWidth > strip.clientWidth) strip.scrollLeft = tab.offsetLeft - strip.offsetLeft - (strip.clientWidth - tab.offsetWidth) / 2;
}

// --- Keys and menus -----------------------------------------------------------------------------
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const box = [...all("[data-search-box], main input[type=search]")].find((input) => input.offsetParent);
    if (box) { event.preventDefault(); box.focus(); }
  }
  if (event.key === "Escape") {
    for (const menu of all("details.menu[open]")) { menu.open = false; menu.querySelector("summary").focus(); }
  }
});

document.addEventListener("click", (event) => {
  for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  const opener = event.target.closest("[data-opens]");
  if (opener) { event.preventDefault(); document.getElementById(opener.dataset.opens)?.showModal(); }
  const closer = event.target.closest("[data-closes]");
  if (closer) { event.preventDefault(); closer.closest("dialog")?.close(); }
  if (event.target.matches("dialog")) event.target.close(); // a press on the veil
});

// A row is its link: a press anywhere on it follows the link in its heading.
document.addEventListener("click", (event) => {
  const row = event.target.closest(".list tbody tr");
  const link = row?.querySelector("th[scope=row] a");
  if (!link || event.target.closest("a, button, input, label, select, summary") || String(getSelection())) return;
  if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank");
  else link.click();
});

// --- Asking before what is hard to undo: data-confirm on a form or its button, hx-confirm on htmx -----
function ask(question, label) {
  const dialog = document.getElementById("confirm");
  dialog.querySelector("[data-question]").textContent = question;
  dialog.querySelector("[value=yes]").textContent = label || "Đồng ý";
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
  });
}
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  const question = submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!question || form.dataset.confirmed) { delete form.dataset.confirmed; return; }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await ask(question, submitter?.textContent.trim()))) return;
  form.dataset.confirmed = "1";
  form.requestSubmit(submitter);
}, true);
document.addEventListener("htmx:confirm", async (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  if (await ask(event.detail.question, event.detail.elt.dataset.confirmLabel)) event.detail.issueRequest(true);
});

// --- A second press of the same button must not send the form twice -----------------------------------
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.hasAttribute("data-again") || form.method === "get" || form.method === "dialog") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  setTimeout(() => { delete form.dataset.sent; }, 4000);
});
window.addEventListener("pageshow", () => { for (const form of all("form[data-sent]")) delete form.dataset.sent; });

// --- Narrowing a list on the page as one types, accents aside -------------------------------------
function narrow(box) {
  const words = fold(box.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of all(box.dataset.narrows)) {
    const text = fold(row.dataset.text || row.textContent);
    row.hidden = !words.every((word) => text.includes(word));
    if (!row.hidden) shown += 1;
  }
  for (const none of all("[data-narrowed-to-none]")) none.hidden = shown > 0;
}
document.addEventListener("input", (event) => { if (event.target.matches("[data-narrows]")) narrow(event.target); });

// --- Unsaved words and autosave: form[data-guard], and [data-save-state] inside it -------------------
const unsaved = new Set();
const guarded = (element) => element.closest?.("form[data-guard]");
const say = (form, state, words) => {
  const place = form?.querySelector("[data-save-state]");
  if (place) { place.dataset.state = state; place.textContent = words; }
};
document.addEventListener("input", (event) => {
  const form = guarded(event.target);
  if (form) { unsaved.add(form); say(form, "typing", "chưa lưu"); }
});
document.addEventListener("submit", (event) => { if (!event.defaultPrevented) unsaved.delete(guarded(event.target)); });
document.addEventListener("htmx:beforeRequest", (event) => say(guarded(event.detail.elt), "saving", "đang lưu…"));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = guarded(event.detail.elt);
  if (!form || event.detail.requestConfig?.verb === "get") return;
  if (event.detail.successful && event.detail.xhr.status < 400) { unsaved.delete(form); say(form, "saved", `đã lưu lúc ${time()}`); }
  else say(form, "failed", "chưa lưu được, giữ nguyên trang");
});
window.addEventListener("beforeunload", (event) => {
  if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
});

// --- Requests in place --------------------------------------------------------------------------
function complain(words) {
  const place = document.querySelector("[data-connection]");
  if (!place) return;
  place.querySelector("[data-words]").textContent = words;
  place.hidden = false;
  place.scrollIntoView({ block: "nearest" });
}
document.addEventListener("htmx:configRequest", (event) => {
  const { headers, parameters, elt, verb } = event.detail;
  // The token of the page is stale once one has signed in again in another tab; the cookie is not.
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  if (token) headers["X-CSRFToken"] = token[1];
  if (verb === "get" && elt.matches("form.filters")) {
    // A short address: no empty filters, and the order that the table shows now.
    for (const name of Object.keys(parameters)) if (parameters[name] === "") delete parameters[name];
    const order = new URLSearchParams(location.search).get("sap");
    if (order) parameters.sap = order;
  }
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  // A refused form comes back as 422, a stale edit as 409, with all that was typed: show it.
  if ([409, 422].includes(xhr.status)) { event.detail.shouldSwap = true; event.detail.isError = false; }
  // An expired sign-in must not replace a part of the page by the sign-in page.
  if (xhr.getResponseHeader("X-Sign-In") || /data-sign-in/.test(xhr.responseText.slice(0, 4000))) {
    event.detail.shouldSwap = false;
    complain("Phiên đăng nhập đã hết. Đăng nhập lại ở một thẻ khác rồi làm lại ở đây: những gì đã nhập vẫn còn.");
  }
});
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (status === 403) complain("Tài khoản không có quyền làm việc này, hoặc phiên làm việc đã hết. Đăng nhập lại ở một thẻ khác rồi thử lại.");
  else if (status === 404) complain("Nội dung này không còn. Tải lại trang để xem hiện trạng.");
  else if (status === 429) complain("Gửi quá nhiều yêu cầu. Chờ một phút rồi thử lại.");
  else complain("Máy chủ gặp lỗi, việc vừa làm chưa được ghi. Giữ nguyên trang rồi thử lại.");
});
document.addEventListener("htmx:sendError", () => complain("Mất kết nối với máy chủ. Giữ nguyên trang, kiểm tra mạng rồi thử lại."));
document.addEventListener("htmx:afterOnLoad", () => { const place = document.querySelector("[data-connection]"); if (place) place.hidden = true; });
document.addEventListener("htmx:afterSettle", () => {
  dressSelects();
  for (const box of all("[data-narrows]")) if (box.value) narrow(box);
});

dressSelects();

// A demo account is typed in by a press on its name.
document.addEventListener("click", (event) => {
  const filler = event.target.closest("[data-fills]");
  if (!filler) return;
  document.getElementById(filler.dataset.fills).value = filler.value;
  document.querySelector("input[type=password]")?.focus();
});
