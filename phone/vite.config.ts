import { defineConfig } from "vitest/config";
import { VitePWA } from "vite-plugin-pwa";

const NAME = "Kiểm tra liên ngành";

export default defineConfig({
  // Every address is relative, so the app works from whatever path it is served at.
  base: "./",
  resolve: { alias: { dexie: "dexie/dist/modern/dexie.mjs" } },
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  test: { testTimeout: 30_000 },
  plugins: [
    VitePWA({
      strategies: "injectManifest",
      srcDir: "src/service-worker",
      filename: "sw.ts",
      injectRegister: null,
      includeManifestIcons: false,
      registerType: "prompt",
      injectManifest: { globPatterns: ["**/*.{html,js,css,svg,png,webmanifest,wasm}"] },
      manifest: {
        name: NAME,
        short_name: "Kiểm tra",
        description: "Ghi nhận kết quả kiểm tra liên ngành, kể cả khi không có mạng",
        lang: "vi",
        start_url: "./",
        scope: "./",
        display: "standalone",
        orientation: "any",
        background_color: "#f4f6f5",
        theme_color: "#0d4a5b",
        icons: [
          { src: "icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
          { src: "icon-192.png", sizes: "192x192", type: "image/png", purpose: "any" },
          { src: "icon-512.png", sizes: "512x512", type: "image/png", purpose: "any" },
          { src: "icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
        ],
      },
    }),
  ],
});
