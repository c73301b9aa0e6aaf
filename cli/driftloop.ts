#!/usr/bin/env node
import { run } from './program.js';
import { guardStreams } from './streams.js';
import { processTerminal } from './terminal.js';

guardStreams();
process.exitCode = await run(process.argv.slice(2), processTerminal());
