// A place where nothing is yet: says what would be here and how it gets here.
import { Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Paper withBorder p="xl">
      <Stack align="center" gap="xs" ta="center">
        <Title order={2} fz="h4">
          {title}
        </Title>
        <Text c="dimmed" w="100%" maw={560} component="div">
          {children}
        </Text>
      </Stack>
    </Paper>
  );
}
