// A part of a page under a heading of its own.
import { Box, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode, Ref } from "react";

interface Props {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  /** The heading, where the keyboard may have to be put. */
  headingRef?: Ref<HTMLHeadingElement>;
  children: ReactNode;
}

export function Section({ title, about, actions, headingRef, children }: Props) {
  return (
    <Stack component="section" gap="sm">
      <Group justify="space-between" align="flex-end" gap="sm">
        <Box maw={760}>
          <Title order={2} fz="h4" ref={headingRef} tabIndex={headingRef ? -1 : undefined}>
            {title}
          </Title>
          {about && (
            <Text size="sm" c="dimmed">
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
