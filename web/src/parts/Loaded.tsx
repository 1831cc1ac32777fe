// What was asked for: a place kept free while it comes, the thing itself, or why it did not come.
import { Alert, Button, Skeleton, Stack, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { explain } from "../api/errors.ts";
import { commonTexts } from "../texts/everywhere.ts";

interface Props<Data> {
  query: UseQueryResult<Data, unknown>;
  /** Height in pixels of what will be there, so that nothing jumps. */
  height: number;
  children: (data: Data) => ReactNode;
}

export function Loaded<Data>({ query, height, children }: Props<Data>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <Failed error={query.error} retry={() => query.refetch()} />;
  return <Skeleton height={height} aria-label={commonTexts.loading} role="status" />;
}

export function Failed({ error, retry }: { error: unknown; retry?: () => unknown }) {
  return (
    <Alert color="red" icon={<CircleAlert aria-hidden />} title={commonTexts.errors.title}>
      <Stack align="flex-start" gap="sm">
        <Text size="sm">{explain(error)}</Text>
        {retry && (
          <Button size="xs" variant="default" onClick={() => retry()}>
            {commonTexts.retry}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
