import { defineConfig } from "html-validate";
import page from "./page.mjs";

// What mail programs need and the web has given up.
export default defineConfig({
  ...page,
  rules: {
    ...page.rules,
    "no-inline-style": "off", // many drop style elements
    "no-deprecated-attr": "off", // Outlook knows the sizes of tables from attributes alone
    "no-conditional-comment": "off", // Outlook needs a table of a fixed width
  },
});
