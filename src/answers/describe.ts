import { columns } from "./columns.ts";
import type { Request } from "./question.ts";

/** Lists the requests that can be made. */
export function describe(others: readonly Request[]): Request {
  const own: Request = {
    name: "frontend.subrequests.describe",
    version: "1.0.0",
    description: "List the requests that this frontend answers",
    answer: () => ({ json: requests.map(requestJson), text: requestsText(requests) }),
  };
  const requests = [...others, own];
  return own;
}

/** The members of BuildKit's `subrequests.Request`. */
function requestJson({ name, version, description, options = {}, hasStatus }: Request) {
  const metadata = ["result.json", "result.txt", ...(hasStatus ? ["result.statuscode"] : [])];
  return {
    name,
    version,
    type: "rpc",
    description,
    opts: Object.entries(options).map(([option, meaning]) => ({ name: option, description: meaning })),
    inputs: [],
    metadata: metadata.map((key) => ({ name: key, description: "" })),
    refs: [],
  };
}

function requestsText(requests: readonly Request[]): string {
  const rows = requests.map(({ name, version, description }) => [
    name.replace(/^frontend\./, ""),
    version,
    description,
  ]);
  return columns([["NAME", "VERSION", "DESCRIPTION"], ...rows], 1);
}
