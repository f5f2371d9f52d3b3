// What works without this file, made smoother: menus close with Escape, and print shows what is folded.

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector(".usa-header details[open], .usa-banner details[open]");
  if (!open) return;
  open.open = false;
  open.firstElementChild.focus();
});

let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("main details:not([open])")];
  for (const details of opened) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});
