// A form in a dialog: it says itself what could not be saved, and gives the keyboard back when it goes.
import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { commonTexts } from "../texts/everywhere.ts";
import { useReturnFocus } from "./useReturnFocus.ts";

interface Props {
  title: string;
  children: ReactNode;
  /** What the button says. */
  action: string;
  isBusy: boolean;
  /** Whether enough is filled in. */
  isReady?: boolean;
  /** What no field can show. */
  problem?: string;
  onSubmit: () => void;
  onClose: () => void;
}

export function FormDialog(props: Props) {
  const { title, children, action, isBusy, isReady = true, problem, onSubmit, onClose } = props;
  useReturnFocus();
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": commonTexts.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Stack>
          {children}
          {problem && (
            <Alert color="red" icon={<CircleAlert aria-hidden />} title={commonTexts.errors.notSaved}>
              {problem}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {commonTexts.cancel}
            </Button>
            <Button type="submit" disabled={!isReady} loading={isBusy}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
