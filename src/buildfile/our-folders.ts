/** Folders and files of a step that the build itself uses, so that a spec may put nothing there. */

/** Where the steps have our programs, what these work on, and what they leave. */
export const frontendFolder = "/run/frontend";

/** Where the dependency step works on the project's environment. */
export const environmentsFolder = "/opt/julia/environments";

/** Where OpenSSH looks for keys of hosts, besides the user's own file (ssh_config(5), GlobalKnownHostsFile). */
export const knownHostsFile = "/etc/ssh/ssh_known_hosts";

/** Empty in the steps that load the project, so that nothing of it gets into the image. */
export const temporaryFolder = "/tmp";
