import { create } from "@bufbuild/protobuf";
import type { Platform as PlatformMessage } from "../gen/ops_pb.ts";
import { PlatformSchema } from "../gen/ops_pb.ts";

/** An operating system and processor, in the OCI image specification's words. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string | undefined;
  readonly osVersion?: string | undefined;
  readonly osFeatures?: readonly string[] | undefined;
}

export function platformMessage(platform: Platform): PlatformMessage {
  return create(PlatformSchema, {
    OS: platform.os,
    Architecture: platform.architecture,
    Variant: platform.variant ?? "",
    OSVersion: platform.osVersion ?? "",
    OSFeatures: [...(platform.osFeatures ?? [])],
  });
}

export function platformFromMessage(message: PlatformMessage): Platform {
  return {
    os: message.OS,
    architecture: message.Architecture,
    ...(message.Variant === "" ? {} : { variant: message.Variant }),
    ...(message.OSVersion === "" ? {} : { osVersion: message.OSVersion }),
    ...(message.OSFeatures.length === 0 ? {} : { osFeatures: message.OSFeatures }),
  };
}
