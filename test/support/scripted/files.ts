/** Beside the scripted engine: what its model writes after which text, as JSON. */
export const SCRIPT_FILE = 'script.json';
/** Beside the scripted engine: the text of each prompt it was given, a JSON string a line. */
export const REQUESTS_FILE = 'requests.jsonl';
