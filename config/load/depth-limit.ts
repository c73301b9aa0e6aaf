/** How deep maps and lists may stand in each other. */
export const depthLimit = 64;
