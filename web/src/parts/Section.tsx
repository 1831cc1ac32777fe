// A part of a page under a heading of its own.
import { Box, Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, type Ref, useId } from "react";

interface Props {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  /** The heading, where the keyboard may have to be put. */
  headingRef?: Ref<HTMLHeadingElement>;
  children: ReactNode;
}

export function Section({ title, about, actions, headingRef, children }: Props) {
  const id = useId();
  return (
    <Stack component="section" aria-labelledby={id} gap="sm">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box maw={760} flex={1} miw={240}>
          <Title order={2} fz="h4" id={id} ref={headingRef} tabIndex={headingRef ? -1 : undefined}>
            {title}
          </Title>
          {about && (
            <Text size="sm" c="dimmed" component="div">
              {about}
            </Text>
          )}
        </Box>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
