// The word beside each text of the minutes: not saved yet, being saved, saved at. The saving itself is htmx.

const formOf = (element) => element.closest?.("form.entry-form");
const textOf = (form) => form.querySelector("textarea").value;
const sent = new WeakMap();

function say(form, state, words) {
  const place = form.querySelector("[data-entry-state]");
  if (!place) return;
  place.textContent = words;
  place.parentElement.dataset.state = state;
}

document.addEventListener("input", (event) => {
  const form = formOf(event.target);
  if (form) say(form, "typing", "Chưa lưu");
});
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = formOf(event.detail.elt);
  if (!form) return;
  sent.set(form, textOf(form));
  say(form, "saving", "Đang lưu…");
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = formOf(event.detail.elt);
  if (!form?.isConnected) return;
  if (!event.detail.successful) say(form, "failed", "Chưa lưu được. Chữ đang gõ vẫn ở đây, bấm Lưu để thử lại.");
  else if (sent.get(form) !== textOf(form)) say(form, "typing", "Chưa lưu"); // typed on while it was being saved
});
// Both versions stand there and neither is stored yet: leaving the page asks first, as with any unsaved words.
document.addEventListener("htmx:afterSettle", () => {
  for (const form of document.querySelectorAll("form.entry-form[data-stale]:not([data-told])")) {
    form.dataset.told = "";
    form.querySelector("textarea").dispatchEvent(new Event("input", { bubbles: true }));
    say(form, "stale", "Chưa lưu: chọn một bản, hoặc gộp rồi lưu.");
  }
});
