// Before something is destroyed: its key has to be typed.
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { commonTexts } from "../texts/everywhere.ts";
import { useReturnFocus } from "./useReturnFocus.ts";

interface Props {
  title: string;
  /** What will be gone, in a sentence or two. */
  children: ReactNode;
  keyToType: string;
  /** What the button says. */
  action: string;
  isBusy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

export function ConfirmByKey({ title, children, keyToType, action, isBusy, onConfirm, onClose }: Props) {
  const [typed, setTyped] = useState("");
  useReturnFocus();
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": commonTexts.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm();
        }}
      >
        <Stack>
          <Text size="sm" component="div">
            {children} {commonTexts.confirm.irreversible}
          </Text>
          <TextInput
            label={commonTexts.confirm.type(keyToType)}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {commonTexts.cancel}
            </Button>
            <Button type="submit" color="red" disabled={typed !== keyToType} loading={isBusy}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
