// Where a chart would have no bar.
import { Center, Paper, Text } from "@mantine/core";

export function Nothing({ children }: { children: string }) {
  return (
    <Paper withBorder>
      <Center h={160} px="md">
        <Text c="dimmed" ta="center">
          {children}
        </Text>
      </Center>
    </Paper>
  );
}
