#!/usr/bin/env node
/** The command line door. Everything beyond the parsing of the command line is loaded by the verb that needs it. */
import { main } from './cli/main.ts';

await main(process.argv.slice(2));
