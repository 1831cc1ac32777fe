// Builds the interface into the Python package, which serves it. `npm run dev` serves it from here instead, and asks
// the server at DAYBREAK_ADDRESS.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = process.env.DAYBREAK_ADDRESS ?? "http://127.0.0.1:8000";
const doors = ["/api", "/ping", "/sign-in", "/sign-out", "/account", "/forgotten", "/welcome", "/docs"];

export default defineConfig({
  plugins: [react()],
  build: { outDir: "../src/daybreak/ui/dist", emptyOutDir: true, chunkSizeWarningLimit: 700 },
  // The host stays as the browser named it: with a session, only pages of the same site may change anything.
  server: {
    proxy: Object.fromEntries(doors.map((door) => [door, { target: server, changeOrigin: false }])),
  },
});
