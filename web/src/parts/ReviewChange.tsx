// A change in words before it is saved, with a comment. The server has said beforehand that it would take it.
import { Alert, Button, Code, Group, List, Loader, Modal, Stack, Text, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { explain } from "../api/errors.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { saveTexts } from "../texts/saving.ts";

interface Props {
  /** Where the change takes effect. */
  heading: string;
  warning?: ReactNode;
  words: readonly string[];
  /** The same as a body of a request. */
  patch: unknown;
  needsComment: boolean;
  /** Whether the server is still asked, and why it would refuse. */
  isChecking: boolean;
  refusal: unknown;
  isSaving: boolean;
  onSave: (comment: string) => void;
  onClose: () => void;
}

export function ReviewChange(props: Props) {
  const { heading, warning, words, patch, needsComment, isChecking, refusal, isSaving, onSave, onClose } =
    props;
  const [comment, setComment] = useState("");
  const isReady = !isChecking && !refusal && (comment.trim() !== "" || !needsComment);
  return (
    <Modal
      opened
      onClose={onClose}
      title={<Text fw={700}>{saveTexts.title}</Text>}
      size="lg"
      closeButtonProps={{ "aria-label": commonTexts.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) onSave(comment.trim());
        }}
      >
        <Stack>
          <Text size="sm">{heading}</Text>
          <List>
            {words.map((each, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two instructions may read alike
              <List.Item key={place}>{each}</List.Item>
            ))}
          </List>
          {warning && <Alert color="orange">{warning}</Alert>}
          {Boolean(refusal) && (
            <Alert color="red" title={commonTexts.errors.notSaved}>
              {explain(refusal)}
            </Alert>
          )}
          <Textarea
            label={commonTexts.comment}
            description={needsComment ? saveTexts.commentRequired : saveTexts.commentHint}
            required={needsComment}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
            data-autofocus
          />
          <details>
            <Text component="summary" size="sm" c="dimmed" style={{ cursor: "pointer" }}>
              {saveTexts.asPatch}
            </Text>
            <Code block tabIndex={0}>
              {JSON.stringify(patch, null, 2)}
            </Code>
          </details>
          <Group justify="flex-end">
            {isChecking && (
              <Group gap="xs" role="status">
                <Loader size="xs" />
                <Text size="sm">{saveTexts.checking}</Text>
              </Group>
            )}
            <Button variant="default" onClick={onClose}>
              {commonTexts.cancel}
            </Button>
            <Button type="submit" disabled={!isReady} loading={isSaving}>
              {saveTexts.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
