// How long ago something was; the exact instant where one points at it.
import { Text } from "@mantine/core";
import { ago, instant } from "./numbers.ts";

export function Ago({ at }: { at: number }) {
  return (
    <Text component="time" inherit dateTime={new Date(at).toISOString()} title={instant(at)}>
      {ago(at, Date.now())}
    </Text>
  );
}
