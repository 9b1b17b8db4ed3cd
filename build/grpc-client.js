// Takes the place of @grpc/grpc-js in the bundle: of the library, the client, for sockets of this machine and one connection.
// The order of the first two is that of the library's own index.js, for modules that need each other.
import { ChannelCredentials } from "@grpc/grpc-js/build/src/channel-credentials.js";
import "@grpc/grpc-js/build/src/channel.js";
import { setup as setUpPickFirst } from "@grpc/grpc-js/build/src/load-balancer-pick-first.js";
import { setup as setUpUnixSockets } from "@grpc/grpc-js/build/src/resolver-uds.js";

export { Client } from "@grpc/grpc-js/build/src/client.js";
export const credentials = { createInsecure: ChannelCredentials.createInsecure };

setUpUnixSockets();
setUpPickFirst();
