// A template's page: fields put in where the cursor stands, the preview brought up to date while one types.

const form = document.querySelector("form[data-template]");
const button = form?.querySelector("[data-previews]");
const PAUSE = 1500;
const narrow = matchMedia("(max-width: 1000px)");
let waiting = 0;

// The frame is made anew each time: going back then leaves the page, not the preview before.
function freshFrame() {
  const frame = document.querySelector("iframe[name=preview]");
  const fresh = frame.cloneNode();
  fresh.removeAttribute("src");
  frame.replaceWith(fresh);
}

// A preview is no saving: the manners of saving (once only, words saved) stay away from it.
window.addEventListener("submit", (event) => {
  if (!event.submitter?.matches("[data-previews]")) return;
  event.stopImmediatePropagation();
  // A phone shows no PDF beside the text: there it opens by itself.
  button.formTarget = narrow.matches ? "_blank" : "preview";
  if (!narrow.matches) freshFrame();
}, true);

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  if (!narrow.matches) waiting = setTimeout(() => form.requestSubmit(button), PAUSE);
});

document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-inserts]");
  if (!chip) return;
  const box = document.getElementById(chip.dataset.into);
  box.setRangeText(`{${chip.dataset.inserts}}`, box.selectionStart, box.selectionEnd, "end");
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
});
