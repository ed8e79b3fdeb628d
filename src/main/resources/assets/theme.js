// Runs before the first paint, so that a dark page never flashes white.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    root.dataset.bsTheme = dark.matches ? "dark" : "light";
  };
  if (root.dataset.theme === "auto") {
    apply();
    dark.addEventListener("change", apply);
  }
  // the server shows times in the browser's zone unless the account chose one
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) {
    document.cookie = `yardmaster-zone=${zone}; path=/; max-age=31536000; samesite=lax`;
  }
})();
