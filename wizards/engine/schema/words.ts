/** What all kinds of files are made of: the words of the field, ids, lines of text. */
import { z } from 'zod';

export const ENVIRONMENTS = ['2000-2003', '2007-2010', '2013+'] as const;
export const SHELLS = ['powershell', 'pwsh', 'ems', 'cmd', 'bash', 'zsh', 'device', 'console'] as const;
export const MACHINES = [
  'sending-server',
  'receiving-server',
  'exchange-server',
  'domain-controller',
  'outside',
  'anywhere',
] as const;
export const CERTAINTIES = ['confirmed', 'reconstructed', 'unverified'] as const;
export const PARAMETER_TYPES = [
  'host',
  'fqdn',
  'ip',
  'cidr',
  'domain',
  'dn',
  'mailbox',
  'smtp',
  'connector',
  'port',
  'integer',
  'path',
  'enum',
  'thumbprint',
  'guid',
  'messageid',
  'datetime',
  'text',
  'secret',
] as const;
/** The last way on of every question and check. */
export const UNKNOWN = 'unknown';
export const FIX_OUTCOMES = ['verified', 'not-verified', 'rolled-back', 'left'] as const;

export type Environment = (typeof ENVIRONMENTS)[number];
export type Shell = (typeof SHELLS)[number];
/** Shells that speak PowerShell; `ems` is the Exchange Management Shell. */
export const POWERSHELLS: readonly Shell[] = ['powershell', 'pwsh', 'ems'];
export type Machine = (typeof MACHINES)[number];
export type Certainty = (typeof CERTAINTIES)[number];
export type ParameterType = (typeof PARAMETER_TYPES)[number];

export const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .describe('Lower-case words joined by hyphens.');
export const commandId = z
  .string()
  .regex(/^[A-Z]+[0-9]+(-[a-z0-9]+)*$/)
  .describe('A catalogue id such as E1 or X1-list.');
export const parameterName = z.string().regex(/^[a-z][a-z0-9_]*$/);
export const line = z
  .string()
  .min(1)
  .regex(/^[^\r\n]*$/, 'must be one line');
export const prose = z.string().min(1).max(2000);
export const covers = z
  .array(z.string().regex(/^S[0-4]-[0-9]{2}$/))
  .optional()
  .describe('Rows of the source inventory that this element carries.');
export const certainty = z
  .enum(CERTAINTIES)
  .describe('confirmed: read in a source; reconstructed; unverified: say so.');
export const sources = z.array(line).min(1).describe('Titles of documents, KB or RFC numbers. No row ids.');
export const environments = z.array(z.enum(ENVIRONMENTS)).min(1).optional();
