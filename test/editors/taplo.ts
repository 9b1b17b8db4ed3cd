import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { RpcMessage, TaploLsp } from "@taplo/lsp";

// A file of 35 MB, mostly WebAssembly: as a module of CommonJS it is loaded without a search for the names that it exports.
const taplo = createRequire(import.meta.url)("@taplo/lsp") as { readonly TaploLsp: typeof TaploLsp };

/** A place as the Language Server Protocol counts it: lines and characters from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Completion {
  readonly label: string;
  readonly documentation: string;
  /** What is put into the text, with placeholders as in `${0:default}`. */
  readonly inserted: string;
}

/** A document that is open in an editor. */
export interface OpenDocument {
  /** What is marked as wrong: `4:1 message`, lines and characters from 1. */
  readonly problems: readonly string[];
  /** What is shown over a place. */
  hover(position: Position): Promise<string | undefined>;
  /** What is offered at a place. */
  complete(position: Position): Promise<readonly Completion[]>;
}

/** What a person sets under `evenBetterToml` in Visual Studio Code. */
export type Settings = Readonly<Record<string, unknown>>;

/**
 * The language server that Even Better TOML for Visual Studio Code brings along, spoken to as the extension does
 * (https://github.com/tamasfe/taplo/blob/master/editors/vscode/src/server.ts). It gets what is on the web by the global
 * `fetch`.
 */
export class Taplo {
  readonly #folder: string;
  readonly #answers = new Map<number, (result: unknown) => void>();
  readonly #published = new Map<string, unknown[][]>();
  #server: TaploLsp | undefined;
  #lastId = 0;
  #wake = () => {};

  private constructor(folder: string) {
    this.#folder = pathToFileURL(folder).href;
  }

  /** @param folder the folder that is open in the editor */
  static async start(folder: string, settings: Settings): Promise<Taplo> {
    const editor = new Taplo(folder);
    const configured = new Promise<void>((resolve) => {
      editor.#wake = resolve;
    });
    editor.#server = await taplo.TaploLsp.initialize(surroundings(folder), {
      onMessage: (message) => editor.#receive(message, settings),
    });
    await editor.#ask("initialize", {
      capabilities: { workspace: { configuration: true } },
      workspaceFolders: [{ uri: editor.#folder, name: "folder" }],
    });
    editor.#tell("initialized", {});
    await configured;
    return editor;
  }

  async open(name: string, text: string): Promise<OpenDocument> {
    const uri = `${this.#folder}/${name}`;
    this.#published.set(uri, []);
    this.#tell("textDocument/didOpen", { textDocument: { uri, languageId: "toml", version: 1, text } });
    const problems = (await this.#settled(uri)) as readonly Problem[];
    const at = (position: Position) => ({ textDocument: { uri }, position });
    return {
      problems: problems.map(
        ({ range: { start }, message }) => `${start.line + 1}:${start.character + 1} ${message}`,
      ),
      hover: async (position) => {
        const answer = (await this.#ask("textDocument/hover", at(position))) as Hover | null;
        return answer?.contents.value;
      },
      complete: async (position) => {
        const items = (await this.#ask("textDocument/completion", at(position))) as readonly Item[] | null;
        return (items ?? []).map(({ label, documentation, insertText }) => ({
          label,
          documentation: documentation?.value ?? "",
          inserted: insertText ?? label,
        }));
      },
    };
  }

  stop(): void {
    this.#server?.dispose();
  }

  /** Problems are published three times: of the syntax, of the tables, of the schema; the first that finds one is the last. */
  async #settled(uri: string): Promise<readonly unknown[]> {
    for (;;) {
      const published = this.#published.get(uri) ?? [];
      const last = published.at(-1);
      if (last !== undefined && (last.length > 0 || published.length === 3)) return last;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #receive({ id, method, params, result }: RpcMessage, settings: Settings): void {
    if (method === "workspace/configuration") {
      this.#server?.send({
        jsonrpc: "2.0",
        ...(id === undefined ? {} : { id }),
        result: params.items.map(() => settings),
      });
      setImmediate(this.#wake);
    } else if (method === "textDocument/publishDiagnostics") {
      this.#published.get(params.uri)?.push(params.diagnostics);
      this.#wake();
    } else if (typeof id === "number") {
      this.#answers.get(id)?.(result);
    }
  }

  #ask(method: string, params: object): Promise<unknown> {
    const id = ++this.#lastId;
    const answer = new Promise<unknown>((resolve) => this.#answers.set(id, resolve));
    this.#server?.send({ jsonrpc: "2.0", id, method, params });
    return answer;
  }

  #tell(method: string, params: object): void {
    this.#server?.send({ jsonrpc: "2.0", method, params });
  }
}

interface Problem {
  readonly range: { readonly start: Position };
  readonly message: string;
}

interface Hover {
  readonly contents: { readonly value: string };
}

interface Item {
  readonly label: string;
  readonly documentation?: { readonly value: string };
  readonly insertText?: string;
}

/** What the server, which is WebAssembly, sees of the machine: files that it reads, and no output. */
function surroundings(folder: string): Parameters<typeof TaploLsp.initialize>[0] {
  const write = async (bytes: Uint8Array) => bytes.length;
  return {
    cwd: () => folder,
    envVar: () => undefined,
    envVars: () => [],
    findConfigFile: () => undefined,
    glob: () => [],
    isAbsolute,
    now: () => new Date(),
    readFile: (path) => readFile(path),
    writeFile: async () => {},
    stdin: async () => new Uint8Array(),
    stdout: write,
    stderr: write,
    stdErrAtty: () => false,
    // Called with `root:///` too, for documents outside of every folder.
    urlToFilePath: (url) => decodeURIComponent(new URL(url).pathname),
  };
}
