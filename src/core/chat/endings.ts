/** Why an answer that the model itself did not bring to its end is partial, as the user reads it. */
export const CIRCLED = 'The answer was ended: the model repeated itself.';
export const CUT = 'The answer was cut off: it reached the longest that fits. Write “go on” to get the rest.';
