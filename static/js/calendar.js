// The calendar by keys: left and right turn the page. And a button that copies what it stands for.

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]")) return;
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const link = rel && document.querySelector(`[data-calendar-steps] a[rel=${rel}]`);
  if (link) { event.preventDefault(); link.click(); }
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copies);
  const say = (words) => { button.querySelector("[data-words]").textContent = words; };
  try {
    await navigator.clipboard.writeText(field.value);
    say("Đã chép");
  } catch { // no clipboard without https: the address is marked, ready for Ctrl+C
    field.focus();
    field.select();
    say("Nhấn Ctrl+C");
  }
});
