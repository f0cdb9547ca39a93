/** The names of the field that content and code share. Without zod, which only those load who check files. */
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
