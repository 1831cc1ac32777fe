// Replacing a key: says what breaks, and lets an old SDK key live on for a while.
import { Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "../api/client.ts";
import { ConfirmByKey } from "../parts/ConfirmByKey.tsx";
import { type Environment, usePlace } from "../shell/place.ts";
import { keyTexts as texts } from "../texts/projects.ts";
import { expiryOf, LIVES, type Life } from "./environments.ts";

interface Props {
  environment: Environment;
  onClose: () => void;
}

const meta = { done: texts.done };

export function SdkKeyReset({ environment, onClose }: Props) {
  const { projectKey } = usePlace();
  const [life, setLife] = useState<Life>("day");
  const reset = api.useMutation(
    "post",
    "/api/v2/projects/{projectKey}/environments/{environmentKey}/apiKey",
    {
      meta,
      onSuccess: onClose,
    },
  );
  const path = { projectKey, environmentKey: environment.key };
  return (
    <ConfirmByKey
      title={texts.reset(texts.sdk.name, environment.name)}
      keyToType={environment.key}
      action={texts.resetAction}
      isBusy={reset.isPending}
      onConfirm={() => reset.mutate({ params: { path, query: { expiry: expiryOf(life, Date.now()) } } })}
      onClose={onClose}
    >
      <Stack gap="sm" mb="sm">
        <Text inherit>{texts.sdkBreaks}</Text>
        <Select
          label={texts.old}
          description={texts.oldHint}
          data={lives}
          value={life}
          allowDeselect={false}
          onChange={(value) => value && setLife(value)}
        />
      </Stack>
    </ConfirmByKey>
  );
}

const lives = (Object.keys(LIVES) as Life[]).map((life) => ({ value: life, label: texts.lives[life] }));

export function MobileKeyReset({ environment, onClose }: Props) {
  const { projectKey } = usePlace();
  const reset = api.useMutation(
    "post",
    "/api/v2/projects/{projectKey}/environments/{environmentKey}/mobileKey",
    { meta, onSuccess: onClose },
  );
  const path = { projectKey, environmentKey: environment.key };
  return (
    <ConfirmByKey
      title={texts.reset(texts.mobile.name, environment.name)}
      keyToType={environment.key}
      action={texts.resetAction}
      isBusy={reset.isPending}
      onConfirm={() => reset.mutate({ params: { path } })}
      onClose={onClose}
    >
      {texts.mobileBreaks}
    </ConfirmByKey>
  );
}
