// Before anything is drawn: the colours that were chosen last, or those of the system. So nothing flashes.
(() => {
  const chosen = localStorage.getItem("mantine-color-scheme-value") ?? "auto";
  const isDark =
    chosen === "dark" || (chosen === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", isDark ? "dark" : "light");
})();
