// SPDX-License-Identifier: MIT
"use strict";
// Light and dark, of each page with a button for it.
if (typeof document !== "undefined") {
  const theme = document.getElementById("theme"), root = document.documentElement;
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
  theme.hidden = false;
  theme.addEventListener("click", () => (root.dataset.theme = dark() ? "light" : "dark"));
}
