// Changes made elsewhere: the stream that browsers' SDKs listen to says that something changed in an environment.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

const DEPENDING = /^\/api\/v2\/(flags|segments|flag-statuses|projects|engineering-insights)\b/;

/** Asks again for what is shown, whenever a flag or segment of the environment has changed. */
export function useLive(environmentId: string): void {
  const queries = useQueryClient();
  useEffect(() => {
    const stream = new EventSource(`/ping/${environmentId}`);
    let isFirst = true;
    stream.addEventListener("ping", () => {
      // The first one only says that the stream is open.
      if (!isFirst) {
        queries.invalidateQueries({ predicate: ({ queryKey }) => DEPENDING.test(String(queryKey[1])) });
      }
      isFirst = false;
    });
    stream.addEventListener("error", () => {
      isFirst = false;
    });
    return () => stream.close();
  }, [environmentId, queries]);
}
