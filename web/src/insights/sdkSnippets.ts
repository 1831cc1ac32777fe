// A small program in each language that asks for one flag. Each ends by sending what it asked for.
export const LANGUAGES = ["python", "node", "browser", "go", "java"] as const;

export type Language = (typeof LANGUAGES)[number];

interface Asked {
  address: string;
  /** The SDK key; the client-side ID for browsers. */
  credential: string;
  flagKey: string;
}

export const INSTALL: Record<Language, string> = {
  python: "pip install launchdarkly-server-sdk",
  node: "npm install @launchdarkly/node-server-sdk",
  browser: "npm install @launchdarkly/js-client-sdk",
  go: "go get github.com/launchdarkly/go-server-sdk/v7",
  java: 'implementation "com.launchdarkly:launchdarkly-java-server-sdk:7.+"',
};

/** Browsers show whatever they are given: they take the ID that is no secret. */
export function isPublic(language: Language): boolean {
  return language === "browser";
}

export function snippetOf(language: Language, asked: Asked): string {
  return SNIPPETS[language](asked);
}

const SNIPPETS: Record<Language, (asked: Asked) => string> = {
  python: ({ address, credential, flagKey }) => `import ldclient
from ldclient import Context
from ldclient.config import Config

address = "${address}"
ldclient.set_config(Config("${credential}", base_uri=address, stream_uri=address, events_uri=address))
print(ldclient.get().variation("${flagKey}", Context.create("ann"), False))
ldclient.get().close()`,

  node: ({ address, credential, flagKey }) => `import { init } from "@launchdarkly/node-server-sdk";

const address = "${address}";
const client = init("${credential}", { baseUri: address, streamUri: address, eventsUri: address });
await client.waitForInitialization({ timeout: 10 });
console.log(await client.variation("${flagKey}", { kind: "user", key: "ann" }, false));
await client.flush();
client.close();`,

  browser: ({ address, credential, flagKey }) => `import { createClient } from "@launchdarkly/js-client-sdk";

const address = "${address}";
const context = { kind: "user", key: "ann" };
const client = createClient("${credential}", context, {
  baseUri: address,
  streamUri: address,
  eventsUri: address,
});
client.start();
await client.waitForInitialization({ timeout: 10 });
console.log(client.variation("${flagKey}", false));
await client.flush();`,

  go: ({ address, credential, flagKey }) => `package main

import (
	"fmt"
	"time"

	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"
	ld "github.com/launchdarkly/go-server-sdk/v7"
	"github.com/launchdarkly/go-server-sdk/v7/interfaces"
)

func main() {
	address := "${address}"
	config := ld.Config{ServiceEndpoints: interfaces.ServiceEndpoints{
		Streaming: address, Polling: address, Events: address,
	}}
	client, err := ld.MakeCustomClient("${credential}", config, 10*time.Second)
	if err != nil {
		panic(err)
	}
	isOn, _ := client.BoolVariation("${flagKey}", ldcontext.New("ann"), false)
	fmt.Println(isOn)
	client.Close()
}`,

  java: ({ address, credential, flagKey }) => `import com.launchdarkly.sdk.LDContext;
import com.launchdarkly.sdk.server.Components;
import com.launchdarkly.sdk.server.LDClient;
import com.launchdarkly.sdk.server.LDConfig;

public class Hello {
  public static void main(String[] arguments) throws Exception {
    String address = "${address}";
    LDConfig config = new LDConfig.Builder()
        .serviceEndpoints(Components.serviceEndpoints().streaming(address).polling(address).events(address))
        .build();
    try (LDClient client = new LDClient("${credential}", config)) {
      System.out.println(client.boolVariation("${flagKey}", LDContext.create("ann"), false));
    }
  }
}`,
};
