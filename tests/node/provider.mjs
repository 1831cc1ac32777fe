// A provider of OpenID Connect with its own accounts. Prints its issuer once it listens, and ends with its standard input.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const given = JSON.parse(process.argv[2]);
const server = createServer();
await new Promise((resolve) => server.listen(given.port, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: given.clientId,
      client_secret: given.clientSecret,
      redirect_uris: given.redirectUris,
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'family_name'] },
  conformIdTokenClaims: !given.tellsInToken,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  cookies: { keys: ['of tests'] },
  ...(given.keys && { jwks: { keys: given.keys } }),
  ttl: { Interaction: 600, Session: 600, Grant: 600, IdToken: 600, AccessToken: 600 },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...given.accounts[id] }) }),
});
server.on('request', provider.callback());
console.log(issuer);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
