// All webhooks: where each posts, and what it tells.
import { Badge, Group, Stack, Text } from "@mantine/core";
import { Plus } from "lucide-react";
import { api } from "../../api/client.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { ButtonLink, TextLink } from "../../parts/links.tsx";
import { Page } from "../../parts/Page.tsx";
import { webhookTexts as texts } from "../../texts/webhooks.ts";
import { PolicyWords } from "../policy/PolicyWords.tsx";
import { policyDraft, readPolicy } from "../policy/statements.ts";
import type { Webhook } from "./webhook.ts";

export function WebhooksPage() {
  const webhooks = api.useQuery("get", "/api/v2/webhooks");
  return (
    <Page
      title={texts.title}
      about={texts.about}
      actions={
        <ButtonLink to="/settings/webhooks/new" leftSection={<Plus size={16} aria-hidden />}>
          {texts.create}
        </ButtonLink>
      }
    >
      <Loaded query={webhooks} height={400}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={texts.emptyTitle}>{texts.emptyText}</Empty>
          ) : (
            <DataTable caption={texts.title} columns={COLUMNS} rows={items} idOf={({ _id }) => _id} />
          )
        }
      </Loaded>
    </Page>
  );
}

const COLUMNS: Column<Webhook>[] = [
  { title: texts.columns.name, isEssential: true, cell: (webhook) => <Name webhook={webhook} /> },
  { title: texts.columns.tells, cell: (webhook) => <Tells webhook={webhook} /> },
  {
    title: texts.columns.on,
    isEssential: true,
    cell: ({ on }) => (
      <Badge variant="light" color={on ? "teal" : "gray"} tt="none">
        {on ? texts.on : texts.off}
      </Badge>
    ),
  },
  { title: texts.columns.tags, cell: ({ tags }) => <Tags tags={tags} /> },
];

function Name({ webhook: { _id, name, url } }: { webhook: Webhook }) {
  return (
    <Stack gap={2} align="flex-start">
      <TextLink
        to="/settings/webhooks/$webhookId"
        params={{ webhookId: _id }}
        fw={600}
        style={{ overflowWrap: "anywhere" }}
      >
        {name || url}
      </TextLink>
      {name && <span className="key">{url}</span>}
    </Stack>
  );
}

function Tells({ webhook }: { webhook: Webhook }) {
  const { statements } = readPolicy(policyDraft(webhook.statements));
  return statements.length ? (
    <PolicyWords statements={statements} />
  ) : (
    <Text size="sm">{texts.tellsAll}</Text>
  );
}

function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <Group gap={4}>
      {tags.map((tag) => (
        <Badge key={tag} color="gray" variant="light" tt="none">
          {tag}
        </Badge>
      ))}
    </Group>
  );
}
