// An expired sign-in keeps the form. What a guarded form sends is remembered in this tab until its page is seen
// again; only if the sign-in page came in between is it put back into the form.

const KEY = "hdnd-draft";
const read = () => JSON.parse(sessionStorage.getItem(KEY) ?? "null");
const SECRET = new Set(["csrfmiddlewaretoken", "password"]);

function remember(form) {
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !SECRET.has(name));
  const index = [...document.querySelectorAll("form[data-guard]")].indexOf(form);
  sessionStorage.setItem(KEY, JSON.stringify({ page: location.pathname + location.search, index, fields, expired: false }));
}

function restore(draft) {
  const form = document.querySelectorAll("form[data-guard]")[draft.index];
  if (!form) return;
  for (const control of form.elements) {
    if (!control.name || SECRET.has(control.name) || ["hidden", "file", "submit"].includes(control.type)) continue;
    const values = draft.fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(control.type)) control.checked = values.includes(control.value);
    else if (control.type === "select-multiple") for (const option of control.options) option.selected = values.includes(option.value);
    else if (values.length) control.value = values[0];
    control.tomselect?.sync();
  }
  const notice = document.createElement("div");
  notice.className = "notice info";
  notice.setAttribute("role", "status");
  notice.append("Phiên đăng nhập đã hết khi gửi. Nội dung đã nhập được giữ lại ở đây và chưa được ghi: kiểm tra rồi gửi lại. Tệp đính kèm phải chọn lại.");
  form.prepend(notice);
}

const draft = read();
if (document.body.hasAttribute("data-sign-in")) {
  if (draft) {
    sessionStorage.setItem(KEY, JSON.stringify({ ...draft, expired: true }));
    // The address that refused us may only take forms: come back to the page that holds the form.
    const next = document.querySelector("input[name=next]");
    if (next) next.value = draft.page;
  }
} else if (draft) {
  sessionStorage.removeItem(KEY);
  if (draft.expired && draft.page === location.pathname + location.search) restore(draft);
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!event.defaultPrevented && form.matches("form[data-guard]") && form.method === "post") remember(form);
});
