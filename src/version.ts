import manifest from "../package.json" with { type: "json" };

/** Version of the frontend; its major version is that of the spec language. */
export const version: string = manifest.version;
