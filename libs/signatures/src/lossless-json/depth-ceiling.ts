/**
 * The deepest nesting that any caller may ask for.
 *
 * The walks over a tree are recursive: a tree no deeper than this can never exhaust the stack.
 */
export const depthCeiling = 1000;
