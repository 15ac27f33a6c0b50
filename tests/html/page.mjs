import { defineConfig } from "html-validate";

export default defineConfig({
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    "no-trailing-whitespace": "off", // templates leave some; it costs nothing
    "long-title": "off", // the dates make the title of an issue longer than 70 characters
  },
});
