// How answers are kept: shown at once, asked for again after every change made here, and never silently wrong.

import { notifications } from "@mantine/notifications";
import { MutationCache, QueryClient } from "@tanstack/react-query";
import { commonTexts } from "../texts/everywhere.ts";
import { explain, isCode } from "./errors.ts";

declare module "@tanstack/react-query" {
  interface Register {
    mutationMeta: {
      /** What to say when it is done. */
      done?: string;
      /** The form shows the error itself, beside what is wrong. */
      showsError?: boolean;
    };
  }
}

const closeButtonProps = { "aria-label": commonTexts.close };

const FINAL = ["not_found", "forbidden", "unauthorized", "invalid_request"];

export function createQueryClient(): QueryClient {
  const queries: QueryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => failures < 2 && !isCode(error, ...FINAL),
      },
    },
    mutationCache: new MutationCache({
      onSuccess: (_data, _variables, _context, mutation) => {
        if (mutation.meta?.done)
          notifications.show({ color: "teal", message: mutation.meta.done, closeButtonProps });
        return queries.invalidateQueries();
      },
      onError: (error, _variables, _context, mutation) => {
        if (mutation.meta?.showsError) return;
        const title = commonTexts.errors.notSaved;
        notifications.show({
          color: "red",
          title,
          message: explain(error),
          autoClose: false,
          closeButtonProps,
        });
      },
    }),
  });
  return queries;
}
