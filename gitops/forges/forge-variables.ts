/** Where the command line finds the token for pull requests; with `_FILE` behind it, the file that holds it. */
export const forgeTokenVariable = 'DRIFTLOOP_FORGE_TOKEN';
