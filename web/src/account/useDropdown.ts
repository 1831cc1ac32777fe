// A choice of several whose list closes with each choice: it would lie on top of the button that comes next.
import { useState } from "react";

interface Dropdown {
  dropdownOpened: boolean;
  onDropdownOpen: () => void;
  onDropdownClose: () => void;
  close: () => void;
}

export function useDropdown(): Dropdown {
  const [dropdownOpened, setOpen] = useState(false);
  const close = () => setOpen(false);
  return { dropdownOpened, onDropdownOpen: () => setOpen(true), onDropdownClose: close, close };
}
