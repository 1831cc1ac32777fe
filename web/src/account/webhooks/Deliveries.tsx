// What a webhook has sent, and what the receiver answered.
import { Badge, Code, Stack, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Send } from "lucide-react";
import { whyNot } from "../../api/access.ts";
import { api, type Schemas } from "../../api/client.ts";
import { Ago } from "../../parts/Ago.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { IconAction } from "../../parts/IconAction.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { TextLink } from "../../parts/links.tsx";
import { instant, span } from "../../parts/numbers.ts";
import { Pager } from "../../parts/Pager.tsx";
import { Section } from "../../parts/Section.tsx";
import { deliveryTexts as texts } from "../../texts/webhooks.ts";
import type { Webhook } from "./webhook.ts";

type Delivery = Schemas["DeliveryShape"];

const LIMIT = 10;
// How soon it is looked again: while something waits, and else.
const [SOON, LATER] = [2_000, 10_000];

export function Deliveries({ webhook }: { webhook: Webhook }) {
  const { offset = 0 } = useSearch({ from: "/settings/webhooks/$webhookId" });
  const navigate = useNavigate({ from: "/settings/webhooks/$webhookId" });
  const deliveries = api.useQuery(
    "get",
    "/api/v2/webhooks/{id}/deliveries",
    { params: { path: { id: webhook._id }, query: { limit: LIMIT, offset } } },
    {
      placeholderData: (before) => before,
      refetchInterval: ({ state }) =>
        state.data?.items.some((delivery) => delivery.state === "waiting") ? SOON : LATER,
    },
  );
  return (
    <Section title={texts.title} about={texts.about}>
      <Loaded query={deliveries} height={180}>
        {({ items, totalCount = items.length }) =>
          items.length === 0 ? (
            <Empty title={texts.none}>{texts.noneText}</Empty>
          ) : (
            <Stack>
              <Table webhook={webhook} items={items} />
              <Pager
                offset={offset}
                limit={LIMIT}
                total={totalCount}
                onMove={(next) => navigate({ search: { offset: next || undefined }, replace: true })}
              />
            </Stack>
          )
        }
      </Loaded>
    </Section>
  );
}

function Table({ webhook, items }: { webhook: Webhook; items: readonly Delivery[] }) {
  const resending = api.useMutation("post", "/api/v2/webhooks/{id}/deliveries/{deliveryId}/resend", {
    meta: { done: texts.resent },
  });
  const why = whyNot(webhook._access, "resendWebhookDelivery");
  const names = texts.columns;
  const columns: Column<Delivery>[] = [
    { title: names.at, isEssential: true, cell: (delivery) => <When delivery={delivery} /> },
    { title: names.state, isEssential: true, cell: (delivery) => <State delivery={delivery} /> },
    { title: names.answer, cell: (delivery) => <Answer delivery={delivery} /> },
    {
      title: names.entry,
      cell: ({ entryId }) => (
        <TextLink to="/settings/audit-log" search={{ entry: entryId }} size="sm">
          {texts.entry}
        </TextLink>
      ),
    },
    {
      title: names.actions,
      isEssential: true,
      cell: ({ _id, creationDate }) => (
        <IconAction
          label={texts.resend(instant(creationDate))}
          icon={Send}
          why={why}
          onClick={() => resending.mutate({ params: { path: { id: webhook._id, deliveryId: _id } } })}
        />
      ),
    },
  ];
  return <DataTable caption={texts.title} columns={columns} rows={items} idOf={({ _id }) => _id} />;
}

function When({ delivery: { creationDate, attempts } }: { delivery: Delivery }) {
  return (
    <Stack gap={2}>
      <Ago at={creationDate} />
      {attempts > 1 && (
        <Text size="sm" c="dimmed">
          {texts.attempts(attempts)}
        </Text>
      )}
    </Stack>
  );
}

const COLOURS: Readonly<Record<string, string>> = { delivered: "teal", waiting: "orange", failed: "red" };

function State({ delivery: { state, nextAttempt } }: { delivery: Delivery }) {
  const name =
    state === "waiting" || state === "delivered" || state === "failed" ? texts.states[state] : state;
  return (
    <Stack gap={2} align="flex-start">
      <Badge variant="light" color={COLOURS[state] ?? "gray"} tt="none">
        {name}
      </Badge>
      {nextAttempt !== undefined && (
        <Text size="sm" c="dimmed">
          {texts.next} <Ago at={nextAttempt} />
        </Text>
      )}
    </Stack>
  );
}

function Answer({ delivery: { attempts, status, duration, answer, reason } }: { delivery: Delivery }) {
  if (attempts === 0) return null;
  return (
    <Stack gap={2} align="flex-start" maw={420}>
      <Text size="sm" className="number">
        {status ? texts.status(status, span(duration)) : texts.noAnswer}
      </Text>
      {reason && <Text size="sm">{reason}</Text>}
      {answer && <Code style={{ overflowWrap: "anywhere" }}>{answer}</Code>}
    </Stack>
  );
}
