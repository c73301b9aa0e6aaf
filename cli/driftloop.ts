#!/usr/bin/env node
import { startProgram } from './start.js';

startProgram(process.argv.slice(2));
