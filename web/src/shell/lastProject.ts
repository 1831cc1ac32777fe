// The project that was looked at last, kept by the browser.
const NAME = "daybreak-project";

export const lastProject = {
  read: (): string | null => localStorage.getItem(NAME),
  keep: (key: string): void => localStorage.setItem(NAME, key),
};
