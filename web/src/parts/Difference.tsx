// Two versions of a thing, side by side in time: only what changed, marked with signs besides colours.
import { Box, Stack, Text, VisuallyHidden } from "@mantine/core";
import { differenceTexts } from "../texts/difference.ts";
import classes from "./Difference.module.css";
import { type Change, differencesOf, linesOf } from "./difference.ts";

interface Props {
  /** Undefined where it was made by the change. */
  before: unknown;
  /** Undefined where it was deleted by the change. */
  after: unknown;
}

export function Difference({ before, after }: Props) {
  const changes = differencesOf(before ?? undefined, after ?? undefined);
  if (!changes.length) return <Text size="sm">{differenceTexts.none}</Text>;
  return (
    <Stack gap="sm">
      {changes.map((change) => (
        <OneChange key={change.path.join("/")} change={change} />
      ))}
    </Stack>
  );
}

function OneChange({ change: { path, removed, added } }: { change: Change }) {
  const name = path.join(" › ") || differenceTexts.everything;
  return (
    <div>
      <Text size="sm" fw={600} mb={4} style={{ overflowWrap: "anywhere" }}>
        {name}
      </Text>
      {/* Long ones scroll: with the keyboard too. */}
      <Box role="group" className={classes.lines} tabIndex={0} aria-label={differenceTexts.of(name)}>
        {removed.length > 0 && <Side element="del" name={differenceTexts.before} values={removed} />}
        {added.length > 0 && <Side element="ins" name={differenceTexts.after} values={added} />}
      </Box>
    </div>
  );
}

interface SideProps {
  element: "del" | "ins";
  name: string;
  values: readonly unknown[];
}

function Side({ element: Element, name, values }: SideProps) {
  const lines = values.flatMap(linesOf);
  return (
    <>
      <VisuallyHidden>{name}</VisuallyHidden>
      {lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text have nothing but their places
        <Element key={place} className={classes.line}>
          {line}
        </Element>
      ))}
    </>
  );
}
