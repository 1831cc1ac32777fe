// A new secret for a token, and doing away with one.
import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api, client } from "../../api/client.ts";
import { remainingFault } from "../../api/faults.ts";
import { ConfirmByKey } from "../../parts/ConfirmByKey.tsx";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { useReturnFocus } from "../../parts/useReturnFocus.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import { tokenTexts as texts } from "../../texts/tokens.ts";
import { useRemoval } from "../useRemoval.ts";
import { SecretOnce } from "./SecretOnce.tsx";
import { LIVES, nameOfToken, type Token } from "./token.ts";

interface Props {
  token: Token;
  onClose: () => void;
}

export function ResetTokenDialog({ token, onClose }: Props) {
  const [life, setLife] = useState("now");
  const resetting = api.useMutation("post", "/api/v2/tokens/{id}/reset", { meta: { showsError: true } });
  if (resetting.data) return <SecretDialog secret={resetting.data.token} onClose={onClose} />;
  const span = LIVES[life] ?? 0;
  return (
    <FormDialog
      title={texts.reset(nameOfToken(token))}
      action={texts.resetAction}
      isBusy={resetting.isPending}
      problem={remainingFault(resetting.error)}
      onSubmit={() =>
        resetting.mutate({
          params: { path: { id: token._id }, query: span ? { expiry: Date.now() + span } : {} },
        })
      }
      onClose={onClose}
    >
      <Text size="sm">{texts.resetText}</Text>
      <Radio.Group label={texts.old} value={life} onChange={setLife}>
        <Stack gap="xs" mt={4}>
          {Object.entries(texts.ends).map(([value, label]) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </Stack>
      </Radio.Group>
    </FormDialog>
  );
}

function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  useReturnFocus();
  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.secretTitle}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <SecretOnce secret={secret} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{texts.done}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface RemoveProps extends Props {
  onRemoved?: () => unknown;
}

export function RemoveTokenDialog({ token, onClose, onRemoved = onClose }: RemoveProps) {
  const removal = useRemoval({
    done: texts.removed,
    remove: () => client.DELETE("/api/v2/tokens/{id}", { params: { path: { id: token._id } } }),
    leave: onRemoved,
  });
  return (
    <ConfirmByKey
      title={texts.remove(nameOfToken(token))}
      keyToType={token.name || token.token}
      action={commonTexts.remove}
      isBusy={removal.isPending}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      {texts.removeText}
    </ConfirmByKey>
  );
}
