// Where a flag is talked about: addresses that people have linked to it.
import { Anchor, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { api, type Schemas } from "../api/client.ts";
import { isCode } from "../api/errors.ts";
import { faultOf, remainingFault } from "../api/faults.ts";
import { Ago } from "../parts/Ago.tsx";
import { FormDialog } from "../parts/FormDialog.tsx";
import { IconAction } from "../parts/IconAction.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { Section } from "../parts/Section.tsx";
import { usePlace } from "../shell/place.ts";
import { linkTexts } from "../texts/flagSettings.ts";
import { useFlag } from "./flag.ts";

type FlagLink = Schemas["FlagLinkShape"];

const PATH = "/api/v2/flag-links/projects/{projectKey}/flags/{featureFlagKey}";

function usePath() {
  const { projectKey } = usePlace();
  const { key } = useFlag();
  return { projectKey, featureFlagKey: key };
}

export function FlagLinks() {
  const path = usePath();
  const [isAdding, setAdding] = useState(false);
  const links = api.useQuery("get", PATH, { params: { path } });
  const texts = linkTexts;
  return (
    <Section
      title={texts.title}
      about={texts.about}
      actions={
        <Button
          variant="default"
          leftSection={<Plus size={16} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          {texts.add}
        </Button>
      }
    >
      <Loaded query={links} height={60}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm">{texts.none}</Text>
          ) : (
            <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: "none" }}>
              {items.map((link) => (
                <OneLink key={link._id} link={link} />
              ))}
            </Stack>
          )
        }
      </Loaded>
      {isAdding && <AddLink onClose={() => setAdding(false)} />}
    </Section>
  );
}

function OneLink({ link }: { link: FlagLink }) {
  const path = usePath();
  const title = link.title || link._deepLink;
  const { firstName, lastName } = link._member;
  const remove = api.useMutation("delete", `${PATH}/{id}`, { meta: { done: linkTexts.removed } });
  return (
    <Group component="li" justify="space-between" wrap="nowrap" gap="sm" maw={760}>
      <div style={{ minWidth: 0 }}>
        <Anchor href={link._deepLink} size="sm" style={{ overflowWrap: "anywhere" }}>
          {title}
        </Anchor>
        <Text size="xs" c="dimmed">
          <Ago at={link._createdAt} />
          {(firstName || lastName) && `, ${linkTexts.by(`${firstName} ${lastName}`.trim())}`}
        </Text>
      </div>
      <IconAction
        label={linkTexts.remove(title)}
        icon={Trash2}
        onClick={() => remove.mutate({ params: { path: { ...path, id: link._id } } })}
      />
    </Group>
  );
}

function AddLink({ onClose }: { onClose: () => void }) {
  const path = usePath();
  const texts = linkTexts;
  const [address, setAddress] = useState("");
  const [title, setTitle] = useState("");
  const add = api.useMutation("post", PATH, {
    meta: { done: texts.added, showsError: true },
    onSuccess: onClose,
  });
  const isTaken = isCode(add.error, "conflict");
  const problem = remainingFault(add.error, "deepLink", "title");
  return (
    <FormDialog
      title={texts.add}
      action={texts.add}
      isBusy={add.isPending}
      isReady={/^https?:\/\/\S+$/.test(address.trim())}
      problem={isTaken ? undefined : problem}
      onSubmit={() =>
        add.mutate({ params: { path }, body: { deepLink: address.trim(), title: title.trim() } })
      }
      onClose={onClose}
    >
      <TextInput
        label={texts.address}
        description={texts.addressHint}
        type="url"
        required
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
        error={isTaken ? problem : faultOf(add.error, "deepLink")}
        data-autofocus
      />
      <TextInput
        label={texts.linkTitle}
        maxLength={256}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={faultOf(add.error, "title")}
      />
    </FormDialog>
  );
}
