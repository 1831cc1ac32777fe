// The flag that a page is about: the frame around its pages asks for it once, and they all read it from here.
import { createContext, useContext } from "react";
import { api, type Schemas } from "../api/client.ts";
import { usePlace } from "../shell/place.ts";

export type Flag = Schemas["FlagShape"];
export type Configuration = Schemas["FlagEnvironmentShape"];
export type Variation = Schemas["VariationShape"];

export interface FlagHere {
  flag: Flag;
  /** What it does in the environment that is looked at, in full. */
  configuration: Configuration;
  /** Shows nothing of it and asks for nothing of it, while it is deleted. */
  hide: (isHidden: boolean) => void;
}

export const FlagContext = createContext<FlagHere | null>(null);

function useFlagHere(): FlagHere {
  const here = useContext(FlagContext);
  if (!here) throw new Error("only pages of a flag have a flag");
  return here;
}

export function useFlag(): Flag {
  return useFlagHere().flag;
}

export function useConfiguration(): Configuration {
  return useFlagHere().configuration;
}

export function useHideFlag(): FlagHere["hide"] {
  return useFlagHere().hide;
}

/** Keeps showing the flag while another environment's configuration comes, but never another flag. */
export function useFlagQuery(flagKey: string, isHidden: boolean) {
  const { projectKey, environment } = usePlace();
  return api.useQuery(
    "get",
    "/api/v2/flags/{projectKey}/{featureFlagKey}",
    {
      params: {
        path: { projectKey, featureFlagKey: flagKey },
        query: { env: [environment.key], expand: "evaluation" },
      },
    },
    { enabled: !isHidden, placeholderData: (before) => (before?.key === flagKey ? before : undefined) },
  );
}
