// Links within the interface, checked against its routes: as text, as a button, as a whole card.
import { Anchor, type AnchorProps, Button, type ButtonProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { ReactNode, Ref } from "react";

interface Shared {
  ref?: Ref<HTMLAnchorElement>;
  children?: ReactNode;
}

function PlainAnchor(props: AnchorProps & Shared) {
  return <Anchor {...props} />;
}

function ButtonAnchor(props: ButtonProps & Shared) {
  return <Button component="a" {...props} />;
}

export const TextLink = createLink(PlainAnchor);
export const ButtonLink = createLink(ButtonAnchor);
