import manifest from "../../package.json" with { type: "json" };

/** Version of the frontend. */
export const version: string = manifest.version;

/** Version of the spec language: the frontend's major version, and the tag of its image. Before 1.0 it is the coming 1. */
export const specVersion: number = Math.max(1, Number.parseInt(version, 10));
