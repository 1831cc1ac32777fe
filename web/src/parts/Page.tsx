// The frame of one page: its heading, which is where a screen reader begins, and what can be done on it.
import { Box, Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { commonTexts } from "../texts/everywhere.ts";

interface Props {
  title: string;
  /** One or two sentences that say what the page is good for. */
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Page({ title, about, actions, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${commonTexts.product}`;
  }, [title]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start">
        <Box maw={760}>
          <Title order={1} fz="h2" ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {about && (
            <Text c="dimmed" mt={4} component="div">
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
