// The frame of the pages that concern the whole account.
import { Outlet } from "@tanstack/react-router";
import { Frame } from "./Frame.tsx";

export function SettingsFrame() {
  return (
    <Frame place={null}>
      <Outlet />
    </Frame>
  );
}
