// Links that make people members or set their passwords, to be passed on by hand.
import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { Command } from "../../parts/Command.tsx";
import { useReturnFocus } from "../../parts/useReturnFocus.ts";
import { linkTexts as texts } from "../../texts/account.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import type { HandedLink } from "./member.ts";

interface Props {
  kind: "invitation" | "reset";
  links: readonly HandedLink[];
  onClose: () => void;
}

export function LinksDialog({ kind, links, onClose }: Props) {
  useReturnFocus();
  const isInvitation = kind === "invitation";
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={isInvitation ? texts.invitationTitle(links.length) : texts.resetTitle}
      closeButtonProps={{ "aria-label": commonTexts.close }}
      closeOnClickOutside={false}
    >
      <Stack>
        <Alert color="orange" icon={<TriangleAlert aria-hidden />} title={texts.noMail}>
          {texts.warning} {isInvitation ? texts.invitationLasts : texts.resetLasts}
        </Alert>
        {links.map(({ email, href }) => (
          <div key={email}>
            <Text size="sm" fw={500} mb={4}>
              {email}
            </Text>
            <Command label={texts.of(email)}>{href}</Command>
          </div>
        ))}
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            {texts.done}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
