// A link to the thing that an entry is about; plain text where no page shows it, or it is gone.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { TextLink } from "../../parts/links.tsx";
import { type Entry, isRemoval } from "./entries.ts";
import { placeOf } from "./places.ts";

interface Props {
  entry: Entry;
  children: ReactNode;
}

// In a sentence a link has to be told from the words around it without colour.
const LOOK = { underline: "always", fw: 600 } as const;

export function ThingLink({ entry, children }: Props) {
  const path = entry.target._links.canonical?.href ?? "";
  const place = isRemoval(entry) ? undefined : placeOf(path, entry.target.resources[0] ?? "");
  switch (place?.kind) {
    case "flag": {
      const { projectKey, flagKey, environment } = place;
      return (
        <TextLink
          {...LOOK}
          to="/projects/$projectKey/flags/$flagKey/targeting"
          params={{ projectKey, flagKey }}
          search={{ environment }}
        >
          {children}
        </TextLink>
      );
    }
    case "segment": {
      const { projectKey, segmentKey, environment } = place;
      return (
        <TextLink
          {...LOOK}
          to="/projects/$projectKey/segments/$segmentKey"
          params={{ projectKey, segmentKey }}
          search={{ environment }}
        >
          {children}
        </TextLink>
      );
    }
    case "environments":
      return (
        <TextLink
          {...LOOK}
          to="/projects/$projectKey/environments"
          params={{ projectKey: place.projectKey }}
          search={{}}
        >
          {children}
        </TextLink>
      );
    case "project":
      return (
        <TextLink
          {...LOOK}
          to="/projects/$projectKey/overview"
          params={{ projectKey: place.projectKey }}
          search={{}}
        >
          {children}
        </TextLink>
      );
    case "deployment": {
      const { projectKey, deploymentId } = place;
      return (
        <TextLink
          {...LOOK}
          to="/projects/$projectKey/deployments/$deploymentId"
          params={{ projectKey, deploymentId }}
          search={{}}
        >
          {children}
        </TextLink>
      );
    }
    case "groups":
      return (
        <TextLink
          {...LOOK}
          to="/projects/$projectKey/groups"
          params={{ projectKey: place.projectKey }}
          search={{}}
        >
          {children}
        </TextLink>
      );
    case "team":
      return (
        <TextLink {...LOOK} to="/settings/teams/$teamKey" params={{ teamKey: place.teamKey }}>
          {children}
        </TextLink>
      );
    case "role":
      return (
        <TextLink {...LOOK} to="/settings/roles/$roleKey" params={{ roleKey: place.roleKey }}>
          {children}
        </TextLink>
      );
    case "token":
      return (
        <TextLink {...LOOK} to="/settings/tokens/$tokenId" params={{ tokenId: place.tokenId }}>
          {children}
        </TextLink>
      );
    case "webhook":
      return (
        <TextLink {...LOOK} to="/settings/webhooks/$webhookId" params={{ webhookId: place.webhookId }}>
          {children}
        </TextLink>
      );
    case "members":
      return (
        <TextLink {...LOOK} to="/settings/members" search={{ query: entry.name }}>
          {children}
        </TextLink>
      );
    default:
      return <Text span>{children}</Text>;
  }
}
