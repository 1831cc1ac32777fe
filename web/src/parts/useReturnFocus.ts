// Where the keyboard is after a dialog that is taken away at once: back where it was before, else at the page's heading.
import { useEffect, useState } from "react";

export function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // The dialog holds the focus until it is gone.
      setTimeout(() => {
        const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
        const place = isThere ? before : document.querySelector<HTMLElement>("main h1");
        place?.focus({ preventScroll: true });
      });
    },
    [before],
  );
}
