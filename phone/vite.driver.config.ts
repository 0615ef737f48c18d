import { defineConfig } from "vite";

export default defineConfig({
  build: { ssr: "tests/driver.ts", outDir: "dev-dist", target: "node22" },
  ssr: { noExternal: true },
});
