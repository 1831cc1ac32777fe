// Deleting the thing that a page shows: first away from the page, or it would ask once more for what is gone.
import { useMutation } from "@tanstack/react-query";

interface Removal {
  /** What is said when it is done. */
  done: string;
  remove: () => Promise<{ error?: unknown }>;
  leave: () => unknown;
}

export function useRemoval({ done, remove, leave }: Removal) {
  return useMutation({
    meta: { done },
    mutationFn: async () => {
      const { error } = await remove();
      if (error) throw error;
      await leave();
    },
  });
}
