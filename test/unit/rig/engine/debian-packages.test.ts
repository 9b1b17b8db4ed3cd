import { expect, test } from "vitest";
import { mirrorOf, parseAptSources } from "../../../engine/debian-packages.ts";

const ONE_LINE = `# comment
deb [arch=amd64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.example.com/debian/ bookworm main contrib # end
deb-src http://mirror.example.com/debian bookworm main
#deb http://disabled.example.com/debian bookworm main
`;
const DEB822 = `Types: deb deb-src
# a comment within
URIs: http://mirror.example.com/debian
Suites: bookworm
 bookworm-updates
Components: main

Enabled: no
Types: deb
URIs: http://disabled.example.com/debian
Suites: bookworm
Components: main

Types: deb-src
URIs: http://source.example.com/debian
Suites: bookworm
Components: main
`;

test("reads one-line sources", () => {
  expect(parseAptSources(ONE_LINE)).toEqual([
    { uri: "http://mirror.example.com/debian/", suites: ["bookworm"], components: ["main", "contrib"] },
  ]);
});

test("reads deb822 sources, without disabled ones and those of source packages", () => {
  expect(parseAptSources(DEB822)).toEqual([
    {
      uri: "http://mirror.example.com/debian",
      suites: ["bookworm", "bookworm-updates"],
      components: ["main"],
    },
  ]);
});

test("finds the mirror of a suite among others", () => {
  const other = { uri: "https://apt.example.com/node", suites: ["nodistro"], components: ["main"] };
  const media = { uri: "cdrom:[Debian]/", suites: ["bookworm"], components: ["main"] };
  const sources = [other, media, ...parseAptSources(ONE_LINE)];
  expect(mirrorOf(sources, "bookworm")).toBe("http://mirror.example.com/debian");
  expect(mirrorOf(sources, "trixie")).toBeUndefined();
});
