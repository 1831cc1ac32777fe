// A list of which the filters leave nothing: says so, and takes them away.
import { Button } from "@mantine/core";
import { Empty } from "./Empty.tsx";

interface Props {
  title: string;
  text: string;
  /** What the button says. */
  action: string;
  onClear: () => void;
}

export function NothingFound({ title, text, action, onClear }: Props) {
  return (
    <Empty title={title}>
      <p>{text}</p>
      <Button variant="default" onClick={onClear}>
        {action}
      </Button>
    </Empty>
  );
}
