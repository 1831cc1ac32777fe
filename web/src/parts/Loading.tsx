// A place kept free while something comes.
import { Skeleton } from "@mantine/core";
import { commonTexts } from "../texts/everywhere.ts";

export function Loading({ height }: { height: number }) {
  return <Skeleton height={height} aria-label={commonTexts.loading} role="status" />;
}
