/** How a command of the tool ended, and what it has to say. */
export interface ToolOutcome {
  readonly exitCode: number;
  readonly stdout: string | Uint8Array;
  readonly stderr: string;
}

export function failed(message: string): ToolOutcome {
  return { exitCode: 1, stdout: "", stderr: `${message}\n` };
}
