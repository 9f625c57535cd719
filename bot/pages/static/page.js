// What the browser does by itself: the chosen theme, the hint that was closed, the chat's scroll and its text box.
"use strict";

const nv = (window.nv = {
  kept(name) {
    try { return localStorage.getItem("nv-" + name); } catch { return null; }
  },
  keep(name, value) {
    try { localStorage.setItem("nv-" + name, value); } catch { /* a private window remembers nothing */ }
  },
  swapTheme() {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    nv.keep("theme", root.dataset.theme);
  },
  closeHint() {
    document.documentElement.dataset.hint = "closed";
    nv.keep("hint", "closed");
  },
  fit(box) {
    box.style.height = "auto";
    box.style.height = Math.min(box.scrollHeight + 2, 160) + "px";
  },
  box(near) {
    return near.closest(".talk").querySelector(".composer textarea");
  },
  put(near, words) {
    const box = nv.box(near);
    box.value = words;
    nv.fit(box);
    box.focus();
  },
  submit(event, emit) {
    event.preventDefault();
    const box = event.target.querySelector("textarea");
    const words = box.value;
    box.value = "";
    nv.fit(box);
    emit(words);
  },
  pick(near) {
    near.closest("form").querySelector("input[type=file]").click();
  },
  give(form, files) {
    const input = form.querySelector("input[type=file]");
    if (!input || !files.length) return;
    input.files = files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  },
  toEnd(near) {
    showNewest(near.closest(".talk").querySelector(".log"));
  },
  holdPlace(near) {
    const log = near.closest(".log");
    log.dataset.hold = log.scrollHeight - log.scrollTop;
  },
  // What a form holds; null, and the browser shows where, while something needed is missing: blanks alone are nothing.
  gather(form) {
    for (const box of form.querySelectorAll("[required]")) if (!box.value.trim()) box.value = "";
    return form.reportValidity() ? Object.fromEntries(new FormData(form)) : null;
  },
  // After a dialog has gone; whoever is somewhere already is left there.
  keepFocus(id) {
    const told = document.getElementById(id);
    setTimeout(() => {
      if (document.activeElement !== document.body) return;
      (told.classList.contains("gone") ? document.getElementById("noi-dung") : told).focus({ preventScroll: true });
    }, 400);
  },
  // What was just made is put before the reader's eyes; the page around it stays where it is.
  bring(id) {
    const made = document.getElementById(id);
    const place = made?.closest(".content");
    if (!place) return;
    place.scrollBy({ top: made.getBoundingClientRect().top - place.getBoundingClientRect().top - 16 });
    made.focus({ preventScroll: true });
  },
  // A page over plain http has no clipboard of its own: there the old way of copying is used.
  async copy(button) {
    const words = button.dataset.words;
    try { await navigator.clipboard.writeText(words); } catch { nv.copyBySelecting(words); }
    button.dataset.copied = "yes";
    setTimeout(() => { button.dataset.copied = ""; }, 2500);
  },
  copyBySelecting(words) {
    const box = document.body.appendChild(document.createElement("textarea"));
    box.value = words;
    box.select();
    document.execCommand("copy");
    box.remove();
  },
});

for (const name of ["theme", "hint"]) {
  if (nv.kept(name)) document.documentElement.dataset[name] = nv.kept(name);
}

// A reader is at the newest when at the very end, or where we put them: at the top of a letter longer than the window.
const isAtEnd = (log) =>
  log.scrollHeight - log.scrollTop - log.clientHeight < 48 || Math.abs(log.scrollTop - Number(log.dataset.put)) < 2;

function showNewest(log) {
  const newest = log.querySelector(":scope > article:last-of-type");
  const end = log.scrollHeight - log.clientHeight;
  log.scrollTop = newest ? Math.min(end, newest.offsetTop - 12) : end;
  log.dataset.put = log.scrollTop;
}

document.addEventListener("scroll", ({ target }) => {
  if (!target.classList?.contains("log") || !target.clientHeight) return;
  target.dataset.left = isAtEnd(target) ? "" : "yes";
  if (isAtEnd(target)) target.closest(".talk").dataset.behind = "";
}, true);

// A reader at the newest line stays there; one who has scrolled up is left in peace and told that something came.
function settle(log) {
  const height = log.scrollHeight;
  const size = `${height} ${log.clientHeight}`;
  if (!log.clientHeight || size === log.dataset.size) return;
  if (log.dataset.hold) log.scrollTop = height - Number(log.dataset.hold);
  else if (!log.dataset.left) showNewest(log);
  else if (height > Number(log.dataset.size?.split(" ")[0])) log.closest(".talk").dataset.behind = "yes";
  log.dataset.hold = "";
  log.dataset.size = size;
}

// A log changes its height when the box below grows, the window turns, or a phone's tab brings it to the front.
const heights = new ResizeObserver((seen) => seen.forEach(({ target }) => settle(target)));
document.addEventListener("DOMContentLoaded", () => {
  // NiceGUI has no Vietnamese words for these.
  const popups = {
    popup: ["Mất kết nối với máy chủ.", "Đang kết nối lại…"],
    too_long_message_popup: ["Tin quá dài.", "Xin chia nhỏ hoặc gửi thành tệp."],
  };
  for (const [id, words] of Object.entries(popups)) {
    document.querySelectorAll(`#${id} span`).forEach((line, n) => { line.textContent = words[n]; });
  }
  const settleAll = () => document.querySelectorAll(".log").forEach((log) => { heights.observe(log); settle(log); });
  new MutationObserver(settleAll).observe(document.body, { childList: true, subtree: true });
  settleAll(); // the page may have been built already
});

// A part of the page that is drawn anew is shorter for a moment: the reader's place in it is put back.
document.addEventListener("scroll", ({ target }) => {
  if (target.id === "noi-dung" && !target.dataset.drawing) target.dataset.at = target.scrollTop;
}, true);
new MutationObserver((seen) => {
  const page = document.getElementById("noi-dung");
  const isDrawn = seen.some(({ target, removedNodes }) => removedNodes.length && target.classList?.contains("view"));
  if (!isDrawn || !page?.dataset.at || page.dataset.drawing) return;
  page.dataset.drawing = "yes";
  setTimeout(() => {
    page.scrollTop = page.dataset.at;
    page.dataset.drawing = "";
  }, 50);
}).observe(document, { childList: true, subtree: true });

// A browser speaks its own language, and one that is not Vietnamese writes the month first: we say it in our words.
const amiss = ({ type, validity }) => {
  if (type === "date" && !validity.valid) return "Xin nhập đủ ngày, tháng và năm có bốn chữ số.";
  return validity.valueMissing ? "Xin điền mục này." : "";
};
const sayDay = (box) => {
  const said = box.parentElement.querySelector("output");
  const day = { weekday: "long", day: "2-digit", month: "2-digit", year: "numeric" };
  if (said) said.value = box.valueAsDate?.toLocaleDateString("vi-VN", { ...day, timeZone: "UTC" }) ?? "";
};
document.addEventListener("invalid", ({ target }) => target.setCustomValidity(amiss(target)), true);
document.addEventListener("input", ({ target }) => {
  target.setCustomValidity?.("");
  if (target.type === "date") sayDay(target);
});

// In the calendar of a year the arrows go from day to day; Tab goes past it.
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  const from = event.target.closest?.("button[data-day]");
  if (!step || !from) return;
  const days = [...from.closest(".year-map").querySelectorAll("button[data-day]")];
  const to = days[days.indexOf(from) + step];
  if (!to) return;
  event.preventDefault();
  from.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
});
document.addEventListener("keydown", (event) => {
  const box = event.target;
  // isComposing: Enter that ends a Vietnamese word in an input method belongs to the word.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !box.matches?.(".composer textarea")) return;
  event.preventDefault();
  box.form.requestSubmit();
});
document.addEventListener("input", ({ target }) => { if (target.matches(".composer textarea")) nv.fit(target); });
document.addEventListener("paste", (event) => {
  const form = event.target.closest?.(".composer");
  if (!form || !event.clipboardData.files.length) return;
  event.preventDefault();
  nv.give(form, event.clipboardData.files);
});
document.addEventListener("dragover", (event) => { if (event.target.closest?.(".talk")) event.preventDefault(); });
document.addEventListener("drop", (event) => {
  const form = event.target.closest?.(".talk")?.querySelector(".composer");
  if (!form || !event.dataTransfer.files.length) return;
  event.preventDefault();
  nv.give(form, event.dataTransfer.files);
});

// Behind https (or on this very machine) the page may live on a phone's home screen.
if ("serviceWorker" in navigator && isSecureContext) navigator.serviceWorker.register("/sw.js").catch(() => {});
