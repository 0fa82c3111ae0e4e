// A certified OpenID Connect provider (npm oidc-provider) with the claims of the national portal's sign-in and of VNeID.
// Prints {"issuer": …}, then answers until it is killed. argv: the portal's address of return.
import http from "node:http";
import { generateKeyPairSync } from "node:crypto";
import { Provider } from "oidc-provider";

const PEOPLE = {
  "portal-1": {
    SoDinhDanh: "090190000018", HoVaTen: "Trần Thị Mai Lan", NgayThangNamSinh: "19900512", LoaiTaiKhoan: "1",
    TechID: "t-1", loginIdp: "BCA",
  },
  "vneid-1": { preferred_username: "090190000018", name: "Trần Thị Mai Lan" },
};
const key = (kid) => ({ ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }), kid, use: "sig" });

const server = http.createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: "ansinh", client_secret: process.env.CLIENT_SECRET, redirect_uris: [process.argv[2]],
      grant_types: ["authorization_code"], response_types: ["code"], token_endpoint_auth_method: "client_secret_basic",
    }],
    claims: { openid: ["sub", ...Object.keys(PEOPLE["portal-1"]), ...Object.keys(PEOPLE["vneid-1"])] },
    findAccount: (_, id) => PEOPLE[id] && { accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) },
    jwks: { keys: [key("one")] },
    cookies: { keys: ["not a secret: this provider lives for one test"] },
    pkce: { required: () => true },
    ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 300, IdToken: 300, Interaction: 300, Session: 300 },
  });
  server.on("request", provider.callback());
  console.log(JSON.stringify({ issuer }));
});
